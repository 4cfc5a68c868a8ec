// The figures of measures: draws the compiled Vega specifications, and lists the acts behind a mark that is clicked.
"use strict";
window.dossierMeasures = (page, act) => {
  const PRINT_WIDTH = 620;
  const options = { mode: "vega", renderer: "svg", actions: false, hover: false, tooltip: false, defaultStyle: false };
  const held = [...document.querySelectorAll(".measure-chart")].map((holder) => ({ holder, ...page.measures[Number(holder.dataset.measure)] }));
  let views = [], drawnWidth = 0;

  // A mark of an area or a line stands for many rows; its datum is then an array.
  const rowOf = (item) => { const datum = item && item.datum; return datum && !Array.isArray(datum) && Number.isInteger(datum.row) ? datum.row : -1; };

  async function draw() {
    views.forEach((view) => view.finalize());
    drawnWidth = document.getElementById("main").clientWidth;
    views = await Promise.all(held.map(async ({ holder, chart, title, rows }) => {
      const { view } = await vegaEmbed(holder, structuredClone(chart), options);
      view.addEventListener("mousemove", (pointer, item) => {
        const row = rows[rowOf(item)];
        holder.classList.toggle("pointing", Boolean(row && row.ids.length));
        if (row) act.tip(pointer, [row.label, ...row.words]); else act.tip(null);
      });
      view.addEventListener("mouseout", () => act.tip(null));
      view.addEventListener("click", (_, item) => {
        const row = rows[rowOf(item)];
        if (row && row.ids.length) { act.tip(null); act.list(row.ids, `${title}, ${row.label}`); }
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
