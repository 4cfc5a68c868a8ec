// The filter of a review: which notes and marks are shown, on screen and on paper. Without scripts, everything is shown.
"use strict";
(() => {
  const LOUDNESS = ["mend", "look", "style", "quiet"];
  const page = document.body;
  const boxes = [...document.querySelectorAll("input[data-check]")];
  const notes = [...document.querySelectorAll(".note-of")];
  const byNumber = new Map(notes.map((note) => [note.dataset.number, note]));
  const marks = [...document.querySelectorAll("mark[data-findings]")].map((mark) => ({ mark, numbers: mark.dataset.findings.split(" ") }));
  const blocks = [...document.querySelectorAll(".block")];
  const state = document.querySelector(".state");
  const selection = document.querySelector(".selection");
  const whole = document.querySelector("[data-whole]");
  const all = document.querySelector("button[data-all]");
  const buttons = [...document.querySelectorAll("button[data-verdict], button[data-severity], button[data-all]")];

  // What a button asks of a note: a verdict, or a severity of what is no claim (a claim has its verdict).
  let pressed = all;
  const fits = (note) => {
    const { verdict, severity } = pressed?.dataset ?? {};
    if (verdict) return note.dataset.verdict === verdict;
    return !severity || (note.dataset.severity === severity && !note.dataset.verdict);
  };
  const visible = () => notes.filter((note) => !note.hidden);

  function chosenWords() {
    if (pressed && pressed !== all) return pressed.dataset.verdict ? `claims that are ${pressed.dataset.verdict}` : `${pressed.dataset.severity}s`;
    return boxes.filter((box) => box.checked).map((box) => box.closest("label").textContent.trim().replace(/\s+\d+$/, "").toLowerCase()).join("; ");
  }

  // Marks take the colour of the loudest finding that is shown; quiet ones speak up where nothing louder is shown beside them.
  function colour(shown) {
    for (const { mark, numbers } of marks) {
      const ranks = numbers.filter((number) => shown.has(number)).map((number) => LOUDNESS.indexOf(byNumber.get(number).dataset.loudness));
      mark.classList.toggle("off", ranks.length === 0);
      if (ranks.length) {
        mark.classList.remove(...LOUDNESS);
        mark.classList.add(LOUDNESS[Math.min(...ranks)]);
      }
      for (const link of mark.querySelectorAll("a.number")) link.hidden = !shown.has(link.dataset.finding);
    }
  }

  // On paper a selection leaves out passages without its findings; a heading stays with the passages below it.
  function bare() {
    let below = false;
    for (const block of [...blocks].reverse()) {
      const told = block.querySelector(".note-of:not([hidden]), mark:not(.off)") !== null;
      const heading = block.dataset.kind === "heading";
      block.classList.toggle("bare", !(told || (heading && below)));
      below = told || (below && !heading);
      const list = block.querySelector(".notes");
      if (list) list.hidden = !list.querySelector(".note-of:not([hidden])");
    }
  }

  function show(told = "") {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.check));
    for (const note of notes) note.hidden = !((wanted.has(note.dataset.check) || !boxes.length) && fits(note));
    const shown = visible();
    const part = shown.length < notes.length;
    page.classList.toggle("chosen", part);
    page.classList.toggle("quiet-only", part && !shown.some((note) => ["mend", "look"].includes(note.dataset.loudness)));
    colour(new Set(shown.map((note) => note.dataset.number)));
    bare();
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
    if (whole) whole.closest("label").hidden = !part;
    const line = part ? `${shown.length} of ${notes.length} findings are shown` : "";
    selection.textContent = part ? `A selection: ${line} (${chosenWords()}).` : "";
    if (state) state.textContent = told || (part ? `${line}.` : `${notes.length} ${notes.length === 1 ? "finding" : "findings"}.`);
    layMargin.lay();
  }

  function showAll(told = "") {
    pressed = all;
    for (const box of boxes) box.checked = true;
    show(told);
  }

  for (const box of boxes) box.addEventListener("change", () => {
    pressed = boxes.every((each) => each.checked) ? all : undefined;
    show();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      pressed = button;
      const checks = new Set(notes.filter(fits).map((note) => note.dataset.check));
      for (const box of boxes) box.checked = button === all || checks.has(box.dataset.check);
      show();
    });
  }
  whole?.addEventListener("change", () => page.classList.toggle("whole-text", whole.checked));

  // A link to a finding, from wherever, shows it: one that the filter hides ends the filter, and the note opens whole.
  function follow() {
    const [, what, number] = /^#(finding|words)-(\d+)$/.exec(location.hash) ?? [];
    const note = byNumber.get(number);
    if (!note) return;
    if (note.hidden) showAll(`Finding ${number} is not in what was chosen; all findings are shown.`);
    if (what === "finding") {
      layMargin.open(note);
      note.scrollIntoView({ block: note.offsetHeight < innerHeight * 0.7 ? "center" : "start", behavior: "instant" });
      note.focus({ preventScroll: true });
    } else {
      document.getElementById(`words-${number}`)?.scrollIntoView({ block: "center", behavior: "instant" });
    }
  }
  addEventListener("hashchange", follow);
  // A second click on the same link changes no hash.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[href^='#']")?.getAttribute("href") === location.hash) follow();
  });

  // Step through what is shown, from the note that was followed last, or from the first one below the top of the window.
  for (const button of document.querySelectorAll("button[data-step]")) {
    button.addEventListener("click", () => {
      const shown = visible();
      if (!shown.length) return;
      const step = Number(button.dataset.step);
      const at = shown.findIndex((note) => `#finding-${note.dataset.number}` === location.hash);
      const next = at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length;
      location.replace(`#finding-${shown[next].dataset.number}`);
      if (shown.length === 1) follow();
      state.textContent = `Finding ${next + 1} of ${shown.length}.`;
    });
  }

  // A note, its words and the thread between them light up together, from either end.
  function light(number, on) {
    for (const { mark, numbers } of marks) if (numbers.includes(number)) mark.classList.toggle("lit", on);
    for (const thread of document.querySelectorAll(`.threads [data-number="${number}"]`)) thread.classList.toggle("lit", on);
    byNumber.get(number)?.classList.toggle("lit-note", on);
  }
  function lightFrom(element, numbers) {
    for (const [begin, end] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
      element.addEventListener(begin, () => numbers.forEach((number) => light(number, true)));
      element.addEventListener(end, () => numbers.forEach((number) => light(number, false)));
    }
  }
  for (const note of notes) lightFrom(note, [note.dataset.number]);
  for (const { mark, numbers } of marks) lightFrom(mark, numbers);

  // Paper has no buttons: what is folded away on screen is printed open.
  const folded = [...document.querySelectorAll("details:not([open])")];
  addEventListener("beforeprint", () => folded.forEach((details) => { details.dataset.was = details.open ? "open" : ""; details.open = true; }));
  addEventListener("afterprint", () => folded.forEach((details) => { details.open = details.dataset.was === "open"; }));

  show();
  follow();
  document.documentElement.dataset.ready = "1";
})();
