// The dossier's page: lists that sort, filter and unfold, full texts with their coded words, and the charts' answers to a click.
// Text from documents is only ever set as text, never as markup.
"use strict";
(() => {
  const page = JSON.parse(document.getElementById("payload").textContent);
  // Rows that are put on the page at a time; a reader who scrolls to the end gets as many again.
  const BATCH = 100;
  const byId = new Map();
  page.events.forEach((event, index) => {
    event.index = index;
    event.quadrant = page.quadrants[event.quad];
    event.arrow = event.mutual ? "↔" : "→";
    event.who = `${event.source} ${event.arrow} ${event.target}`;
    event.title = page.documents[event.document].title;
    event.search = [event.date, event.who, event.type, event.object, event.quote, event.said_by, event.place, event.title, event.source_text, event.target_text, event.codes.join(" ")]
      .filter(Boolean).join(" ").toLowerCase();
    byId.set(event.id, event);
  });

  // A mention that stands under another one of the same event has no row of its own.
  const headOf = (event) => event.of === undefined ? event : page.events[event.of];
  const mentionsOf = (event) => (event.mentions || []).map((index) => page.events[index]);
  const heads = page.events.filter((event) => event.of === undefined);
  for (const event of heads) for (const mention of mentionsOf(event)) event.search += ` ${mention.search}`;

  const $ = (id) => document.getElementById(id);
  function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== null && value !== false) made.setAttribute(name, value);
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }
  const bdi = (text) => el("bdi", {}, text);
  const plural = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const actors = (event) => [bdi(event.source), ` ${event.arrow} `, bdi(event.target)];

  // ---- passages -------------------------------------------------------------------------------------------------
  function sentenceOf(held, offset) {
    let low = 0, high = held.sentences.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1, [start, end] = held.sentences[middle];
      if (offset < start) high = middle - 1; else if (offset >= end) low = middle + 1; else return [start, end];
    }
    return null;
  }

  function passage(event) {
    const held = page.documents[event.document];
    const quote = el("blockquote", { dir: "auto" });
    if (held.text === undefined) {
      const text = event.excerpt || event.quote, at = text.indexOf(event.quote);
      quote.append(`… ${text.slice(0, at)}`, el("mark", {}, event.quote), `${text.slice(at + event.quote.length)} …`);
      return quote;
    }
    const block = held.blocks.find(([start, end]) => start <= event.start && event.start < end);
    // A paragraph of more than three screens hides its sentence; then the words around it do.
    const reach = 1500;
    let [start, end] = block || [Math.max(0, event.start - 300), Math.min(held.text.length, event.end + 300)];
    end = Math.max(end, event.end);
    const cutBefore = event.start - start > reach, cutAfter = end - event.end > reach;
    if (cutBefore) start = held.text.indexOf(" ", event.start - reach) + 1 || start;
    if (cutAfter) end = held.text.lastIndexOf(" ", event.end + reach);
    const found = sentenceOf(held, event.start) || [event.start, event.end];
    const from = Math.max(start, Math.min(found[0], event.start)), to = Math.min(end, Math.max(found[1], event.end));
    const text = (a, b) => held.text.slice(a, b);
    quote.append(cutBefore ? "… " : "", text(start, from));
    quote.append(el("span", { class: "sentence" }, text(from, event.start), el("mark", {}, text(event.start, event.end)), text(event.end, to)));
    quote.append(text(to, end), cutAfter ? " …" : "");
    return quote;
  }

  function facts(event) {
    const list = el("dl", { class: "facts" });
    const add = (name, ...value) => { if (value[0] !== undefined && value[0] !== "") list.append(el("dt", {}, name), el("dd", {}, ...value)); };
    add("Act", `${event.type} (${event.quadrant}${event.intensity ? `, intensity ${event.intensity > 0 ? "+" : ""}${event.intensity}`.replace("-", "−") : ""})`);
    if (event.status !== "actual") add("Status", page.statuses[event.status]);
    add("About", event.object && bdi(event.object));
    add("Kind", event.mode);
    add("Context", event.contexts);
    add("Said by", event.said_by && bdi(event.said_by));
    add("Place", event.place && bdi(event.place));
    if (event.date_text && event.date_text !== event.date) add("Date as written", bdi(event.date_text), event.calendar ? ` (${event.calendar} calendar)` : "");
    const written = [event.source_text, event.target_text].filter(Boolean).join(", ");
    if (written && written !== `${event.source}, ${event.target}`) add("Actors as written", bdi(written));
    add("Confidence", event.confidence === undefined ? "" : event.confidence.toFixed(2));
    add("Mentions disagree", event.disagree && event.disagree.length ? el("ul", { class: "amended" }, ...event.disagree.map((words) => el("li", {}, bdi(words)))) : undefined);
    add("Amended by hand", event.amended && el("ul", { class: "amended" }, ...event.amended.map((words) => el("li", {}, bdi(words)))));
    const link = el("a", { href: `#document-${event.document}` }, bdi(event.title));
    link.addEventListener("click", (click) => { click.preventDefault(); openText(event.document, event); });
    add("Document", page.documents[event.document].text === undefined ? bdi(event.title) : link);
    add("Event", el("code", {}, event.id));
    return list;
  }

  // ---- lists ----------------------------------------------------------------------------------------------------
  const COLUMNS = [["date", "Date"], ["who", "Who"], ["act", "Act"], ["words", "Words"], ["document", "Document"], ["confidence", "Confidence"]];
  const collator = new Intl.Collator("en", { numeric: true });
  const ORDER = {
    date: (a, b) => a.index - b.index,
    who: (a, b) => collator.compare(a.who, b.who) || a.index - b.index,
    act: (a, b) => a.quad - b.quad || collator.compare(a.type, b.type) || a.index - b.index,
    document: (a, b) => collator.compare(a.title, b.title) || a.start - b.start,
    confidence: (a, b) => (b.confidence || 0) - (a.confidence || 0) || a.index - b.index,
  };

  class List {
    constructor(holder, label) {
      this.events = [];
      this.sort = "date";
      this.down = false;
      this.open = new Set();
      this.heads = new Map();
      const head = el("tr", { role: "row" });
      for (const [key, words] of COLUMNS) {
        const cell = el("th", { scope: "col", role: "columnheader", class: `c-${key}` });
        if (ORDER[key]) {
          const button = el("button", { type: "button" }, words);
          button.addEventListener("click", () => this.order(key, this.sort === key && !this.down));
          cell.append(button);
        } else cell.append(words);
        this.heads.set(key, cell);
        head.append(cell);
      }
      this.body = el("tbody", { role: "rowgroup" });
      this.table = el("table", { class: page.documents.length > 1 ? "list" : "list one-document", role: "table", "aria-label": label }, el("thead", { role: "rowgroup" }, head), this.body);
      this.more = el("div", { class: "more" });
      holder.append(this.table, this.more);
      this.watch = new IntersectionObserver((seen) => { if (seen.some((entry) => entry.isIntersecting)) this.grow(BATCH); }, { rootMargin: "200px" });
    }

    set(events) { this.events = [...events]; this.order(this.sort, this.down); }

    order(key, down) {
      this.sort = key;
      this.down = down;
      this.events.sort(down ? (a, b) => ORDER[key](b, a) : ORDER[key]);
      for (const [name, cell] of this.heads) if (ORDER[name]) cell.setAttribute("aria-sort", name === key ? (down ? "descending" : "ascending") : "none");
      this.body.replaceChildren();
      this.shown = 0;
      this.grow(BATCH);
    }

    grow(number) {
      const next = this.events.slice(this.shown, this.shown + number);
      const rows = document.createDocumentFragment();
      for (const event of next) { rows.append(this.row(event)); if (this.open.has(event.id)) rows.append(this.unfolded(event)); }
      this.body.append(rows);
      this.shown += next.length;
      this.watch.disconnect();
      this.more.replaceChildren();
      const left = this.events.length - this.shown;
      if (left > 0) {
        const button = el("button", { type: "button" }, `Show the next ${Math.min(left, BATCH)} of ${plural(left, "more act")}`);
        button.addEventListener("click", () => this.grow(BATCH));
        this.more.append(button);
        this.watch.observe(this.more);
      }
    }

    // An act of another list, shown here because a number rests on it, has its own anchor there.
    name(kind, event) {
      const head = headOf(event), own = head.days && head.status === "actual" && !head.other;
      return `${this === chronology && !own ? "listed-" : ""}${kind}-${event.id}`;
    }

    row(event) {
      const open = this.open.has(event.id);
      const opener = el("button", { type: "button", class: "opener", "aria-expanded": String(open), title: "Show the passage" }, event.date);
      const cell = (key, ...children) => el("td", { class: `c-${key}`, role: "cell" }, ...children);
      const row = el("tr", { class: open ? "event open" : "event", id: this.name("event", event), role: "row" },
        cell("date", opener),
        cell("who", ...actors(event)),
        cell("act",
          el("span", { class: "act" }, el("span", { class: `swatch q${event.quad}`, title: event.quadrant, role: "img", "aria-label": event.quadrant }), el("span", {}, event.type)),
          event.object && event.object !== event.type ? el("span", { class: "object" }, bdi(event.object)) : "",
          event.status === "actual" ? "" : el("span", { class: "tag" }, page.statuses[event.status]),
          event.mentions ? el("span", { class: "tag", title: "Told more than once; all mentions stand below the passage" }, plural(event.mentions.length + 1, "mention")) : "",
          event.disagree && event.disagree.length ? el("span", { class: "tag", title: event.disagree.join("\n") }, "mentions disagree") : "",
          event.amended ? el("span", { class: "tag", title: event.amended.join("\n") }, "amended") : ""),
        cell("words", el("q", { class: "quote" }, bdi(event.quote)), event.said_by ? el("span", { class: "said" }, "said by ", bdi(event.said_by)) : ""),
        cell("document", bdi(event.title)),
        cell("confidence", event.confidence === undefined ? "" : event.confidence.toFixed(2)));
      row.addEventListener("click", (click) => {
        if (click.target.closest("a") || String(getSelection())) return;
        this.toggle(event, !this.open.has(event.id));
      });
      return row;
    }

    unfolded(event) {
      return el("tr", { class: "passage", role: "row", id: this.name("passage", event) },
        el("td", { colspan: page.documents.length > 1 ? COLUMNS.length : COLUMNS.length - 1, role: "cell" }, el("div", { class: `inner q${event.quad}` }, passage(event), facts(event), ...mentionsOf(event).map((mention, at) =>
          el("div", { class: "mention", id: this.name("event", mention), tabindex: "-1" }, el("h3", {}, `Mention ${at + 2} of ${event.mentions.length + 1}: ${mention.date} · ${mention.who} · ${mention.type}`), passage(mention), facts(mention))))));
    }

    toggle(event, open) {
      const row = $(this.name("event", event));
      if (!row || open === this.open.has(event.id)) return;
      row.classList.toggle("open", open);
      row.querySelector(".opener").setAttribute("aria-expanded", String(open));
      if (open) { this.open.add(event.id); row.after(this.unfolded(event)); }
      else { this.open.delete(event.id); $(this.name("passage", event)).remove(); }
    }

    // Brings an event of this list on the page, unfolds it and leads the reader's eye and keyboard to it.
    reveal(event) {
      const at = this.events.indexOf(event);
      if (at < 0) return false;
      if (at >= this.shown) this.grow(at - this.shown + 20);
      this.toggle(event, true);
      const row = $(this.name("event", event)), folded = row.closest("details");
      if (folded) folded.open = true;
      lead(row, $(this.name("passage", event)).querySelector(".inner"));
      row.querySelector(".opener").focus({ preventScroll: true });
      return true;
    }
  }

  function lead(place, flashing) {
    place.scrollIntoView({ block: "center" });
    flashing.classList.remove("flash");
    void flashing.offsetWidth;  // starts the animation anew
    flashing.classList.add("flash");
  }

  // ---- chronology and its filters ---------------------------------------------------------------------------------
  // Acts of third parties are listed apart, and behind the figures that rest on them.
  const dated = heads.filter((event) => event.days && !event.other);
  const chronology = new List($("chronology-list"), "Chronology");
  const lists = [chronology];
  for (const [id, label, keep] of [
    ["undated-list", "Acts without a date", (event) => !event.other && event.status === "actual" && !event.days],
    ["not-actual-list", "Acts that are not counted", (event) => !event.other && event.status !== "actual"],
    ["others-list", "Acts of third parties", (event) => event.other],
  ]) {
    const holder = $(id);
    if (!holder) continue;
    const list = new List(holder, label);
    list.set(heads.filter(keep));
    lists.push(list);
  }

  const filters = $("filters").elements;
  let chosen = null;  // the events behind a number that was clicked: { ids, label }
  let highlighted = null;  // what the timeline shows at full strength; null for all
  let charts = null;

  function apply() {
    const value = (name) => filters[name].value;
    const words = value("text").toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = (event) =>
      words.every((word) => event.search.includes(word)) &&
      (!value("quad") || String(event.quad) === value("quad")) &&
      (!value("type") || event.type === value("type")) &&
      (!value("actor") || event.codes.includes(value("actor"))) &&
      (!value("confidence") || (event.confidence ?? 1) >= Number(value("confidence"))) &&
      (!value("document") || [event, ...mentionsOf(event)].some((told) => String(told.document) === value("document")));
    // What stands behind a figure is shown whole, also what has no date.
    const pool = chosen ? page.events.filter((event) => chosen.ids.has(event.index)) : dated.filter((event) => !value("status") || event.status === value("status"));
    const found = pool.filter(wanted);
    chronology.set(found);
    const all = dated.filter((event) => event.status === "actual").length;
    const narrowed = chosen || words.length || ["quad", "type", "actor", "document", "confidence"].some(value) || value("status") !== "actual";
    const state = $("chronology-state");
    state.replaceChildren(chosen && chosen.none ? `${chosen.none} ` : chosen ? `${plural(found.length, "act")} behind “${chosen.label}”. ` : narrowed ? `${plural(found.length, "act")} found. ` : `${plural(all, "dated act")}. Choose one to see its passage. `);
    if (chosen) {
      const clear = el("button", { type: "button", class: "link" }, "Show all");
      clear.addEventListener("click", reset);
      state.append(clear);
    }
    highlighted = narrowed ? new Set(found.map((event) => event.index)) : null;
    fade();
  }

  function fade() { if (charts && charts.timeline) charts.timeline.show(highlighted); }

  function reset() { chosen = null; $("filters").reset(); }

  // Where nothing stands behind a number, `none` says so, and the acts are those of other kinds.
  function listBehind(ids, label, none) {
    $("filters").reset();
    chosen = { ids: new Set(ids.map((index) => headOf(page.events[index]).index)), label, none };
    apply();
    $("chronology").scrollIntoView();
    $("chronology-state").querySelector("button").focus({ preventScroll: true });
  }

  function openEvent(event) {
    const head = headOf(event);
    let shown = lists.find((list) => list.reveal(head));
    if (!shown) {
      reset();
      chosen = null;
      apply();
      shown = lists.find((list) => list.reveal(head));
    }
    if (head !== event && shown) { const place = $(shown.name("event", event)); lead(place, place); place.focus({ preventScroll: true }); }
  }

  const unsure = $("hide-unsure");
  if (unsure) unsure.addEventListener("click", () => { filters.confidence.value = unsure.dataset.confidence; apply(); });

  let waiting = 0;
  $("filters").addEventListener("submit", (submit) => submit.preventDefault());
  $("filters").addEventListener("input", (input) => {
    if (input.target.name === "sort") { chronology.order(input.target.value, false); return; }
    clearTimeout(waiting);
    waiting = setTimeout(apply, input.target.name === "text" ? 120 : 0);
  });
  // The event comes before the fields are cleared.
  $("filters").addEventListener("reset", () => { chosen = null; setTimeout(apply, 0); });

  // ---- documents --------------------------------------------------------------------------------------------------
  const ofDocument = page.documents.map(() => []);
  for (const event of page.events) ofDocument[event.document].push(event);

  function fill(folded) {
    const holder = folded.querySelector(".text");
    if (holder.childNodes.length) return;
    const number = Number(folded.dataset.document), held = page.documents[number];
    const coded = new Set();
    for (const event of ofDocument[number]) { const found = event.other ? null : sentenceOf(held, event.start); if (found) coded.add(found[0]); }
    const silent = (held.screened || []).map((index) => held.sentences[index]).filter((found) => found && !coded.has(found[0]));
    for (const [start, end, kind] of held.blocks) {
      const block = el("p", { class: { h: "heading", l: "item" }[kind], dir: "auto" });
      const events = ofDocument[number].filter((event) => event.start < end && event.end > start);
      const dotted = silent.filter((found) => found[0] < end && found[1] > start);
      const cuts = new Set([start, end]);
      for (const span of [...events.map((event) => [event.start, event.end]), ...dotted]) for (const cut of span) if (cut > start && cut < end) cuts.add(cut);
      const edges = [...cuts].sort((a, b) => a - b);
      for (let at = 0; at + 1 < edges.length; at += 1) {
        const [from, to] = [edges[at], edges[at + 1]], text = held.text.slice(from, to);
        const here = events.filter((event) => event.start <= from && event.end >= to);
        if (here.length) {
          const title = here.map((event) => `${event.date} · ${event.who} · ${event.type}${event.status === "actual" ? "" : ` (${page.statuses[event.status]})`}`).join("\n");
          block.append(el("a", { class: `coded q${here[0].quad}`, href: `#event-${here[0].id}`, title, "data-events": here.map((event) => event.index).join(" ") }, text));
        } else if (dotted.some((found) => found[0] <= from && found[1] >= to)) block.append(el("span", { class: "uncoded" }, text));
        else block.append(text);
      }
      holder.append(block);
    }
  }

  function openText(number, event) {
    const place = $(`document-${number}`), folded = place.querySelector("details.fulltext");
    for (let around = place.parentElement; around; around = around.parentElement) if (around.tagName === "DETAILS") around.open = true;
    if (!folded) { lead(place, place); return; }
    folded.open = true;
    fill(folded);
    const mark = event && [...folded.querySelectorAll("a.coded")].find((link) => link.dataset.events.split(" ").includes(String(event.index)));
    lead(mark || place, mark || place);
    if (mark) mark.focus({ preventScroll: true });
  }

  for (const folded of document.querySelectorAll("details.fulltext")) folded.addEventListener("toggle", () => { if (folded.open) fill(folded); });

  // ---- clicks that lead from numbers and words to events --------------------------------------------------------------
  document.addEventListener("click", (click) => {
    const number = click.target.closest("button[data-ids]");
    if (number) listBehind(number.dataset.ids.split(",").filter(Boolean).map(Number), number.dataset.label, number.dataset.none);
    const documentList = click.target.closest("button[data-document]");
    if (documentList) {
      const index = Number(documentList.dataset.document);
      listBehind(ofDocument[index].filter((event) => !event.other).map((event) => event.index), page.documents[index].title);
    }
    const method = click.target.closest('a[href^="#method-"]');
    if (method) { click.preventDefault(); act.row(method.hash.slice(1)); }
    const link = click.target.closest('a[href^="#event-"]');
    if (link) { click.preventDefault(); const event = byId.get(link.hash.slice(7)); if (event) { history.replaceState(null, "", link.hash); openEvent(event); } }
  });
  function follow() {
    const event = location.hash.startsWith("#event-") && byId.get(location.hash.slice(7));
    if (event) openEvent(event);
  }
  addEventListener("hashchange", follow);

  // ---- charts -----------------------------------------------------------------------------------------------------
  const tooltip = $("tooltip");
  const act = {
    open: openEvent,
    list: listBehind,
    row(id) {
      const row = $(id);
      for (let folded = row.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
      lead(row, row);
      row.focus({ preventScroll: true });
    },
    describe: (event) => [`${event.date} · ${event.who} · ${event.type}`, `“${event.quote}”`, event.title],
    tip(pointer, lines) {
      tooltip.hidden = !pointer;
      if (!pointer) return;
      tooltip.replaceChildren(...lines.map((line, index) => el(index ? "span" : "b", { dir: "auto" }, line)));
      const box = tooltip.getBoundingClientRect();
      tooltip.style.left = `${Math.max(8, Math.min(pointer.clientX + 14, innerWidth - box.width - 8))}px`;
      tooltip.style.top = `${pointer.clientY + 18 + box.height > innerHeight ? Math.max(8, pointer.clientY - box.height - 12) : pointer.clientY + 18}px`;
    },
  };
  let drawnWidth = 0;
  const views = () => charts ? [charts.timeline && charts.timeline.view, charts.balance, charts.records && charts.records.view].filter(Boolean) : [];
  async function draw() {
    drawnWidth = $("timeline-chart").clientWidth;
    views().forEach((view) => view.finalize());
    charts = null;
    const measure = document.querySelector('input[name="measure"]:checked').value;
    const [timeline, balance, records] = await Promise.all([
      dossierCharts.timeline($("timeline-chart"), page, act),
      dossierCharts.balance($("balance-chart"), page, act, measure),
      dossierCharts.records($("records-chart"), page, act),
    ]);
    charts = { timeline, balance, records };
    fade();
  }
  for (const input of document.querySelectorAll('input[name="measure"]')) input.addEventListener("change", draw);
  let resizing = 0;
  addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => { if ($("timeline-chart").clientWidth !== drawnWidth) draw(); }, 150);
  });

  // ---- printing -----------------------------------------------------------------------------------------------------
  // On paper nothing can be unfolded: tables are opened, the chronology is whole, and passages and texts are printed where they stay a few pages.
  // The width is that of an A4 or letter page within its margins, in CSS pixels.
  const PRINT_PASSAGES = 150, PRINT_TEXT = 60000, PRINT_WIDTH = 620;
  let restore = [];
  addEventListener("beforeprint", () => {
    const length = page.documents.reduce((sum, held) => sum + (held.text || "").length, 0);
    for (const folded of document.querySelectorAll("details:not([open])")) {
      if (folded.matches(".fulltext") && length > PRINT_TEXT) continue;
      // Thousands of lines nobody reads on paper; those that a reader has opened are printed.
      if (folded.matches("#behind-numbers") || (folded.matches(".line-rows") && folded.querySelectorAll("tr").length > PRINT_PASSAGES)) continue;
      if (folded.matches(".fulltext")) fill(folded);
      folded.open = true;
      restore.push(() => { folded.open = false; });
    }
    for (const list of lists) {
      if (list !== chronology && list.events.length > PRINT_PASSAGES) continue;
      list.grow(Infinity);
      if (list.events.length > PRINT_PASSAGES) continue;
      for (const event of list.events) if (!list.open.has(event.id)) { list.toggle(event, true); restore.push(() => list.toggle(event, false)); }
    }
    for (const view of views()) view.width(PRINT_WIDTH).run();
  });
  addEventListener("afterprint", () => { restore.forEach((undo) => undo()); restore = []; draw(); });

  dossierMeasures(page, act);
  dossierLines(act);
  apply();
  draw().then(() => { document.documentElement.dataset.ready = "true"; follow(); });
})();
