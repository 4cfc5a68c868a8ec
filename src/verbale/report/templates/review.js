// The filter of a review: which checks show their notes and marks. Without scripts, everything is shown.
"use strict";
(() => {
  const boxes = [...document.querySelectorAll("input[data-check]:not(:disabled)")];
  const notes = [...document.querySelectorAll(".note-of")];
  const marks = [...document.querySelectorAll("mark[data-findings]")];
  const state = document.querySelector(".state");
  const buttons = [...document.querySelectorAll(".row-of-choices button")];

  // What a button asks of a note; a check may have findings of several severities.
  let asked = {};
  let pressed = buttons[0];
  const fits = (note) => Object.entries(asked).every(([name, value]) => note.dataset[name] === value);

  function show() {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.check));
    const visible = new Set();
    let shown = 0;
    for (const note of notes) {
      note.hidden = !wanted.has(note.dataset.check) || !fits(note);
      if (!note.hidden) visible.add(note.dataset.number);
      shown += note.hidden ? 0 : 1;
    }
    for (const mark of marks) {
      mark.classList.toggle("off", !mark.dataset.findings.split(" ").some((number) => visible.has(number)));
      for (const link of mark.querySelectorAll("a.number")) link.hidden = !visible.has(link.dataset.finding);
    }
    for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
    layMargin();
    state.textContent = shown === notes.length ? "" : `${shown} of ${notes.length} findings are shown.`;
  }

  for (const box of boxes) box.addEventListener("change", () => {
    asked = {};
    pressed = boxes.every((each) => each.checked) ? buttons[0] : undefined;
    show();
  });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      pressed = button;
      const {verdict, severity} = button.dataset;
      asked = verdict ? {verdict} : severity ? {severity} : {};
      const checks = new Set(notes.filter(fits).map((note) => note.dataset.check));
      for (const box of boxes) box.checked = checks.has(box.dataset.check);
      show();
    });
  }
  // A note, its words and the thread between them light up together, from either end.
  function light(number, on) {
    for (const mark of marks) if (mark.dataset.findings.split(" ").includes(number)) mark.classList.toggle("lit", on);
    for (const thread of document.querySelectorAll(`.threads [data-number="${number}"]`)) thread.classList.toggle("lit", on);
    document.querySelector(`#n${number}`)?.classList.toggle("lit-note", on);
  }
  function lightFrom(element, numbers) {
    for (const [begin, end] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
      element.addEventListener(begin, () => numbers.forEach((number) => light(number, true)));
      element.addEventListener(end, () => numbers.forEach((number) => light(number, false)));
    }
  }
  for (const note of notes) lightFrom(note, [note.dataset.number]);
  for (const mark of marks) lightFrom(mark, mark.dataset.findings.split(" "));
  show();
  document.documentElement.dataset.ready = "1";
})();
