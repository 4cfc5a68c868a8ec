// The two charts: fills the compiled Vega specifications with the page's data, and answers to pointing and clicking.
"use strict";
window.dossierCharts = (() => {
  const DAY = 86400000;
  const LABEL = 26, GAP = 14, STEP = 9;

  // The style sheet's colours stand in the specifications as variables, so light, dark and paper need no new drawing.
  async function draw(holder, spec, data) {
    for (const [name, values] of Object.entries(data)) spec.data.find((each) => each.name === name).values = values;
    const options = { mode: "vega", renderer: "svg", actions: false, hover: false, tooltip: false, defaultStyle: false };
    return (await vegaEmbed(holder, spec, options)).view;
  }

  // Marks of one row that would cover each other are moved apart: up and down in turn, closer together where a row gets too high.
  function place(events, rows, width) {
    const dated = events.filter((event) => event.days && event.row >= 0);
    if (!dated.length) return { marks: [], rows: [], height: 60 };
    const low = Math.min(...dated.map((event) => event.days[0])), high = Math.max(...dated.map((event) => event.days[1]));
    const margin = Math.max((high - low) * 0.012, 15), span = high - low + 2 * margin;
    const bins = Math.max(10, Math.floor(width / (STEP + 1)));
    const stacks = rows.map(() => new Map());
    const marks = dated.map((event) => {
      const [first, last] = event.days;
      const middle = event.line === "s" ? first : (first + last) / 2;
      const bin = Math.floor(((middle - low + margin) / span) * bins);
      const stack = stacks[event.row];
      const depth = stack.get(bin) || 0;
      stack.set(bin, depth + 1);
      return { event, middle, depth };
    });
    let top = 0;
    const laid = rows.map((label, row) => {
      const deepest = Math.max(1, ...stacks[row].values());
      const step = Math.min(STEP, 190 / deepest);
      const half = Math.max(10, (deepest * step) / 2);
      const found = { label, y: top, middle: top + LABEL + half, step };
      top += LABEL + 2 * half + GAP;
      return found;
    });
    const placed = marks.map(({ event, middle, depth }) => {
      const row = laid[event.row];
      const shift = (depth % 2 ? 1 : -1) * Math.ceil(depth / 2) * row.step;
      return {
        id: event.index, x: middle * DAY, x0: event.days[0] * DAY, x2: event.line ? event.days[1] * DAY : event.days[0] * DAY, line: event.line || "s",
        y: row.middle + shift, quad: event.quadrant, weight: Math.min(10, Math.abs(event.intensity || 0)), event,
      };
    });
    return { marks: placed, rows: laid.map(({ label, y }) => ({ label, y })), height: top, domain: [(low - margin) * DAY, (high + margin) * DAY] };
  }

  async function timeline(holder, page, act) {
    const width = holder.clientWidth;
    const { marks, rows, height, domain } = place(page.events.filter((event) => event.status === "actual"), page.rows, width);
    if (!marks.length) { holder.textContent = "No act has a date."; return null; }
    const spec = structuredClone(page.charts.timeline);
    spec.height = height;
    for (const scale of spec.scales) {
      if (scale.name === "x") scale.domain = domain;
      if (scale.name === "y") scale.domain = [0, height];
    }
    for (const axis of spec.axes) if (axis.scale === "x") axis.tickCount = Math.max(3, Math.floor(width / 75));
    // Under three years, an axis of years alone would be empty.
    if (domain[1] - domain[0] < 3 * 366 * DAY) for (const axis of spec.axes) if (axis.format === "%Y") axis.format = "%b %Y";
    const limit = 12;
    let shown = null;
    const rowsOf = () => marks.map((mark) => {
      const on = !shown || shown.has(mark.id), sure = mark.event.confidence ?? 1;
      return { ...mark, event: undefined, opacity: on ? 0.4 + 0.55 * sure : 0.1, span_opacity: on ? 0.2 + 0.4 * sure : 0.06 };
    });
    const view = await draw(holder, spec, { marks: rowsOf(), rows });
    const x = view.scale("x"), origin = view.origin();
    // The nearest mark within a finger's reach, so that small marks can be hit; what a filter fades cannot.
    const nearest = (pointer) => {
      const box = holder.getBoundingClientRect();
      const px = pointer.clientX - box.left - origin[0], py = pointer.clientY - box.top - origin[1];
      let best = null, least = limit * limit;
      for (const mark of marks) {
        if (shown && !shown.has(mark.id)) continue;
        const distance = (x(mark.x) - px) ** 2 + (mark.y - py) ** 2;
        if (distance < least) { least = distance; best = mark; }
      }
      return best;
    };
    holder.onpointermove = (pointer) => {
      const mark = nearest(pointer);
      holder.classList.toggle("pointing", Boolean(mark));
      if (mark) act.tip(pointer, act.describe(mark.event)); else act.tip(null);
    };
    holder.onpointerleave = () => act.tip(null);
    holder.onclick = (pointer) => {
      const mark = nearest(pointer);
      if (mark) { act.tip(null); act.open(mark.event); }
    };
    return {
      view,
      marks: () => marks.map((mark) => ({ id: mark.id, x: x(mark.x) + origin[0], y: mark.y + origin[1] })),
      // Fades what a filter leaves out.
      show(chosen) { if (shown === chosen) return; shown = chosen; view.data("marks", rowsOf()).run(); },
    };
  }

  async function balance(holder, page, act, measure) {
    if (!page.balance.length) { holder.textContent = "No act can be placed in time."; return null; }
    // From the line outwards: words first, deeds outside.
    const layers = [2, 1, 1, 2];
    const bars = [];
    for (const { period, cells } of page.balance) {
      cells.forEach(([events, intensity, ids], quad) => {
        const value = measure === "events" ? (quad < 2 ? events : -events) : intensity;
        bars.push({ period, quad: page.quadrants[quad], layer: layers[quad], value, events, intensity, opacity: 1, label: `${period}, ${page.quadrants[quad]}`, ids });
      });
    }
    const view = await draw(holder, structuredClone(page.charts.balance), { bars, zero: [{ value: 0 }] });
    const datum = (item) => item && item.datum && item.datum.ids && item.datum.events ? item.datum : null;
    view.addEventListener("mousemove", (pointer, item) => {
      const bar = datum(item);
      if (!bar) { act.tip(null); return; }
      act.tip(pointer, [bar.label, `${bar.events} ${bar.events === 1 ? "act" : "acts"}, intensity ${bar.intensity > 0 ? "+" : ""}${bar.intensity}`.replace("-", "−")]);
    });
    view.addEventListener("mouseout", () => act.tip(null));
    view.addEventListener("click", (_, item) => { const bar = datum(item); if (bar) { act.tip(null); act.list(bar.ids, bar.label); } });
    return view;
  }

  return { timeline, balance };
})();
