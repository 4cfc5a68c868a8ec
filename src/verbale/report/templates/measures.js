// The figures of measures: draws the compiled Vega specifications, and lists the acts behind a mark that is clicked.
"use strict";
window.dossierMeasures = (page, act) => {
  const PRINT_WIDTH = 620, LEGEND_COLUMN = 100, LEAST_WIDTH = 120, LABEL_SHARE = 0.43, NARROW = 600;
  const options = { mode: "vega", renderer: "svg", actions: false, hover: false, tooltip: false, defaultStyle: false };
  const held = [...document.querySelectorAll(".measure-chart")].map((holder) => ({ holder, ...page.measures[Number(holder.dataset.measure)] }));
  let views = [], drawnWidth = 0;

  // A mark of an area or a line stands for many rows; its datum is then an array.
  const datumOf = (item) => { const datum = item && item.datum; return datum && !Array.isArray(datum) ? datum : {}; };
  // A mark stands for a row of the table, or names its acts itself.
  function target(item, rows) {
    const datum = datumOf(item);
    if (Number.isInteger(datum.row) && rows[datum.row]) return { ...rows[datum.row], number: datum.row };
    if (!datum.acts || !datum.acts.length) return null;
    const label = [datum.period, datum.side].filter(Boolean).join(", ");
    return { label, words: [`${datum.acts.length.toLocaleString("en")} ${datum.acts.length === 1 ? "act" : "acts"}`], ids: datum.acts, name: label };
  }

  // On a narrow page, labels beside the drawing stand in lines, and end in dots before they take its room; legends break too.
  function fitted(chart, width) {
    const spec = structuredClone(chart);
    // The width of a legend's column: its longest word, at some seven pixels a letter, and the symbol.
    const entry = (legend) => {
      const scale = spec.scales.find((one) => [legend.fill, legend.stroke, legend.shape, legend.opacity].includes(one.name));
      const words = legend.values || (scale && scale.domain);
      return Array.isArray(words) ? Math.max(...words.map((word) => String(word).length)) * 7 + 24 : LEGEND_COLUMN;
    };
    const fit = (group) => {
      for (const axis of group.axes || []) {
        if (axis.orient !== "left") continue;
        axis.labelLimit = Math.min(axis.labelLimit ?? Infinity, Math.round(width * LABEL_SHARE));
        if (width < NARROW && !axis.encode?.labels?.update?.text) {
          axis.encode = { labels: { update: { text: { signal: "indexof(datum.label, ', ') > 0 ? split(datum.label, ', ') : datum.label" } } } };
        }
      }
      for (const legend of group.legends || []) if (legend.type !== "gradient") legend.columns = Math.max(1, Math.floor((width * (1 - LABEL_SHARE)) / entry(legend)));
      (group.marks || []).forEach(fit);
    };
    fit(spec);
    return spec;
  }

  // Drawings above one another have a width of their own, without their labels; it becomes what the column has room for.
  async function widen(view, holder) {
    const room = holder.clientWidth - Number(holder.querySelector("svg").getAttribute("width"));
    const names = Object.keys(view.getState({ signals: (name) => /^(width|childWidth|concat_\d+_width)$/.test(name), data: () => false }).signals);
    const widest = Math.max(...names.map((name) => view.signal(name)));
    for (const name of names) view.signal(name, Math.max(LEAST_WIDTH, widest + room));
    await view.runAsync();
  }

  async function draw() {
    views.forEach((view) => view.finalize());
    drawnWidth = document.getElementById("main").clientWidth;
    views = await Promise.all(held.map(async ({ holder, chart, name, rows }) => {
      const { view } = await vegaEmbed(holder, fitted(chart, holder.clientWidth), options);
      if (chart.layout) await widen(view, holder);
      view.addEventListener("mousemove", (pointer, item) => {
        const row = target(item, rows);
        holder.classList.toggle("pointing", Boolean(row));
        if (row) act.tip(pointer, [row.label, ...row.words]); else act.tip(null);
      });
      view.addEventListener("mouseout", () => act.tip(null));
      view.addEventListener("click", (_, item) => {
        const row = target(item, rows);
        if (!row) return;
        act.tip(null);
        // A number that rests on lines of a dataset alone leads to its row, which names them.
        if (row.ids.length || row.none) act.list(row.ids, row.name, row.none); else act.row(`measure-${name}-${row.number}`);
      });
      return view;
    }));
  }

  let resizing = 0;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => { if (document.getElementById("main").clientWidth !== drawnWidth) draw(); }, 150);
  });
  addEventListener("beforeprint", () => { for (const view of views) if (view.signal("width") > PRINT_WIDTH) view.width(PRINT_WIDTH).run(); });
  addEventListener("afterprint", draw);
  draw();
};
