// The figures of measures: draws the compiled Vega specifications, and lists the acts behind a mark that is clicked.
"use strict";
window.dossierMeasures = (page, act) => {
  const PRINT_WIDTH = 620, LEGEND_COLUMN = 100, LEAST_WIDTH = 120, LABEL_SHARE = 0.38;
  const options = { mode: "vega", renderer: "svg", actions: false, hover: false, tooltip: false, defaultStyle: false };
  const held = [...document.querySelectorAll(".measure-chart")].map((holder) => ({ holder, ...page.measures[Number(holder.dataset.measure)] }));
  let views = [], drawnWidth = 0;

  // A mark of an area or a line stands for many rows; its datum is then an array.
  const rowOf = (item) => { const datum = item && item.datum; return datum && !Array.isArray(datum) && Number.isInteger(datum.row) ? datum.row : -1; };

  // On a narrow page, labels beside the drawing end in dots before they take its room, and legends break into lines.
  function fitted(chart, width) {
    const spec = structuredClone(chart);
    const fit = (group) => {
      for (const axis of group.axes || []) if (axis.orient === "left") axis.labelLimit = Math.min(axis.labelLimit ?? Infinity, Math.round(width * LABEL_SHARE));
      for (const legend of group.legends || []) if (legend.type !== "gradient") legend.columns = Math.max(1, Math.floor((width * (1 - LABEL_SHARE)) / LEGEND_COLUMN));
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
    views = await Promise.all(held.map(async ({ holder, chart, name, title, rows }) => {
      const { view } = await vegaEmbed(holder, fitted(chart, holder.clientWidth), options);
      if (chart.layout) await widen(view, holder);
      view.addEventListener("mousemove", (pointer, item) => {
        const row = rows[rowOf(item)];
        holder.classList.toggle("pointing", Boolean(row));
        if (row) act.tip(pointer, [row.label, ...row.words]); else act.tip(null);
      });
      view.addEventListener("mouseout", () => act.tip(null));
      view.addEventListener("click", (_, item) => {
        const number = rowOf(item), row = rows[number];
        if (!row) return;
        act.tip(null);
        // A number that rests on lines of a dataset alone leads to its row, which names them.
        if (row.ids.length) act.list(row.ids, `${title}, ${row.label}`); else act.row(`measure-${name}-${number}`);
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
