// The three charts: fills the compiled Vega specifications with the page's data, and answers to pointing and clicking.
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
  // The axis spans the events, or the days that are given.
  function place(events, rows, width, days) {
    const dated = events.filter((event) => event.days && event.row >= 0);
    if (!dated.length) return { marks: [], rows: [], height: 60 };
    const [low, high] = days || [Math.min(...dated.map((event) => event.days[0])), Math.max(...dated.map((event) => event.days[1]))];
    const margin = days ? 0 : Math.max((high - low) * 0.012, 15), span = high - low + 2 * margin;
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

  // ---- records ------------------------------------------------------------------------------------------------------
  const HEAD = 42, NOTE = 22, RIGHT = 36, BAND = 9, ROW = 17, LETTER = 6.7, LINE = 70, BARS = 46, REACH = 10, MOST_ROWS = 12;
  const day = (year, month, date) => { const made = new Date(0); made.setUTCFullYear(year, month, date); return made.getTime() / DAY; };

  // Bands of one lane: each in the first row in which it and its label have room; without room, the label goes.
  // What began before the first day shown, or ended after the last, is drawn to the edge.
  function bands(layer, top, colour, toX, width, [low, high]) {
    const ends = [], found = { boxes: [], words: [] };
    for (const mark of [...layer.marks].sort((one, other) => one.start - other.start)) {
      const start = Math.max(mark.start, low), end = Math.min(mark.end, high);
      const x0 = toX(start), x1 = Math.max(toX(end + 1), x0 + 2), label = mark.label.length * LETTER + 8;
      const fits = x1 + label <= width;
      let row = ends.findIndex((end) => end <= x0);
      if (row < 0) row = ends.length < MOST_ROWS ? ends.length : ends.indexOf(Math.min(...ends));
      ends[row] = x1 + (fits ? label : 6);
      const y = top + HEAD + row * ROW;
      found.boxes.push({ x: start * DAY, x2: (end + 1) * DAY, y, y2: y + BAND, colour, opacity: mark.strength, mark });
      if (fits) found.words.push({ x: Math.max(end + 1, start) * DAY, y: y + BAND / 2, text: mark.label });
    }
    return { ...found, height: HEAD + Math.max(1, ends.length) * ROW };
  }

  // A line that breaks where a year is missing, or has too few votes to say much.
  function line(layer, top, colour) {
    let run = 0, before = null;
    const points = layer.marks.map((mark) => {
      if (before === null || mark.few || mark.year !== before + 1) run += 1;
      before = mark.few ? null : mark.year;
      return { x: day(mark.year, 6, 1) * DAY, y: top + HEAD + (1 - mark.value) * LINE, colour, run, opacity: mark.few ? 0.4 : 1, mark };
    });
    const levels = [1, 0.5, 0].map((value) => ({ y: top + HEAD + (1 - value) * LINE, text: String(value) }));
    return { points, levels, height: HEAD + LINE + 8 };
  }

  // Bars of the first state's deliveries to the second, and below the base those of the second to the first.
  function bars(layer, top, colour) {
    const most = Math.max(1, ...layer.marks.map((mark) => mark.value));
    const reach = (back) => (Math.max(0, ...layer.marks.filter((mark) => mark.back === back).map((mark) => mark.value)) * BARS) / most;
    const above = reach(false), below = reach(true), start = top + HEAD + (above && below ? 14 : 0), base = start + above;
    const boxes = layer.marks.map((mark) => {
      const end = base + ((mark.back ? 1 : -1) * BARS * mark.value) / most;
      return { x: day(mark.year, 0, 60) * DAY, x2: day(mark.year, 10, 1) * DAY, y: Math.min(base, end), y2: Math.max(base, end), colour, opacity: 0.9, mark };
    });
    const levels = [{ y: base, text: "0" }], words = Math.round(most).toLocaleString("en");
    if (above === BARS) levels.push({ y: base - BARS, text: words });
    if (below === BARS) levels.push({ y: base + BARS, text: words });
    const [first, second] = layer.pair;
    const way = above && below ? `${first} → ${second} above, ${second} → ${first} below` : below ? `${second} → ${first}` : above ? `${first} → ${second}` : "";
    return { boxes, levels, height: Math.max(base + below - top, HEAD + ROW) + 8, way, inline: !(above && below), head: start - top };
  }

  async function records(holder, page, act) {
    const shown = page.records;
    if (!holder || !shown.layers) return null;
    const width = holder.clientWidth - RIGHT - 2, [low, high] = shown.days;
    const toX = (date) => ((date - low) / (high + 1 - low)) * width;
    // Without a row of the timeline are further mentions of an act, and acts of third parties.
    const events = page.events.filter((event) => event.row >= 0).map((event) => ({ ...event, row: 0, event }));
    const acts = place(events.filter(({ days }) => days && days[1] >= low && days[0] <= high), ["The acts"], width, shown.days);
    const within = acts.marks.filter(({ x }) => x >= low * DAY && x <= (high + 1) * DAY);
    const data = { unknown: [], heads: [{ y: 0, text: "Acts in the documents" }], notes: [], levels: [], bands: [], points: [], words: [], acts: within.map((mark) => ({ x: mark.x, y: mark.y, quad: mark.quad, mark: { event: mark.event.event } })) };
    let top = acts.height;
    for (const layer of shown.layers) {
      const colour = `var(--r-${layer.kind})`;
      const drawn = layer.kind === "agreement" ? line(layer, top, colour) : layer.kind === "transfers" ? bars(layer, top, colour) : bands(layer, top, colour, toX, width, shown.days);
      data.heads.push({ y: top, text: layer.heading });
      data.notes.push({ y: top + NOTE, text: [layer.source, drawn.inline && drawn.way, !layer.marks.length && "none in these years"].filter(Boolean).join(": ") });
      if (drawn.way && !drawn.inline) data.notes.push({ y: top + NOTE + 14, text: drawn.way });
      for (const [from, to] of [[low, Math.min(layer.known[0], high + 1)], [Math.max(layer.known[1] + 1, low), high + 1]]) {
        if (from < to) data.unknown.push({ x: from * DAY, x2: to * DAY, y: top + (drawn.head || HEAD) - 4, y2: top + drawn.height });
      }
      data.bands.push(...(drawn.boxes || []));
      data.points.push(...(drawn.points || []));
      data.words.push(...(drawn.words || []));
      data.levels.push(...(drawn.levels || []));
      top += drawn.height + 8;
    }
    const spec = structuredClone(page.charts.records);
    spec.height = top;
    spec.padding = { left: 2, top: 2, right: RIGHT, bottom: 2 };
    for (const scale of spec.scales) {
      if (scale.name === "x") scale.domain = [low * DAY, (high + 1) * DAY];
      if (scale.name === "y") scale.domain = [0, top];
    }
    for (const axis of spec.axes) if (axis.scale === "x") axis.tickCount = Math.max(3, Math.floor(width / 75));
    if (high - low < 3 * 366) for (const axis of spec.axes) if (axis.format === "%Y") axis.format = "%b %Y";
    const view = await draw(holder, spec, data);
    const x = view.scale("x"), origin = view.origin();
    const targets = [...data.bands, ...data.points, ...data.acts].map((one) => ({ x0: x(one.x), x1: x(one.x2 ?? one.x), y0: one.y, y1: one.y2 ?? one.y, mark: one.mark }));
    const nearest = (pointer) => {
      const box = holder.getBoundingClientRect();
      const px = pointer.clientX - box.left - origin[0], py = pointer.clientY - box.top - origin[1];
      let best = null, least = REACH * REACH;
      for (const one of targets) {
        const dx = Math.max(one.x0 - px, 0, px - one.x1), dy = Math.max(one.y0 - py, 0, py - one.y1), distance = dx * dx + dy * dy;
        if (distance < least) { least = distance; best = one.mark; }
      }
      return best;
    };
    holder.onpointermove = (pointer) => {
      const mark = nearest(pointer);
      holder.classList.toggle("pointing", Boolean(mark));
      if (mark) act.tip(pointer, mark.event ? act.describe(mark.event) : mark.tip); else act.tip(null);
    };
    holder.onpointerleave = () => act.tip(null);
    holder.onclick = (pointer) => {
      const mark = nearest(pointer);
      if (!mark) return;
      act.tip(null);
      if (mark.event) act.open(mark.event); else act.row(mark.row);
    };
    return { view, targets: () => targets.map((one) => ({ ...one, x0: one.x0 + origin[0], x1: one.x1 + origin[0], y0: one.y0 + origin[1], y1: one.y1 + origin[1] })) };
  }

  return { timeline, balance, records };
})();
