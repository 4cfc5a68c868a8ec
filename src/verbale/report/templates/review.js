// The filter of a review: which checks show their notes and marks. Without scripts, everything is shown.
"use strict";
(() => {
  const boxes = [...document.querySelectorAll("input[data-check]:not(:disabled)")];
  const notes = [...document.querySelectorAll(".note-of")];
  const marks = [...document.querySelectorAll("mark[data-findings]")];
  const state = document.querySelector(".state");

  let verdict = "";

  function show() {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.dataset.check));
    const visible = new Set();
    let shown = 0;
    for (const note of notes) {
      note.hidden = !wanted.has(note.dataset.check) || (verdict !== "" && note.dataset.verdict !== verdict);
      if (!note.hidden) visible.add(note.dataset.number);
      shown += note.hidden ? 0 : 1;
    }
    for (const mark of marks) {
      mark.classList.toggle("off", !mark.dataset.findings.split(" ").some((number) => visible.has(number)));
      for (const link of mark.querySelectorAll("a.number")) link.hidden = !visible.has(link.dataset.finding);
    }
    state.textContent = shown === notes.length ? "" : `${shown} of ${notes.length} findings are shown.`;
  }

  for (const box of boxes) box.addEventListener("change", () => { verdict = ""; show(); });
  for (const button of document.querySelectorAll(".row-of-choices button")) {
    button.addEventListener("click", () => {
      verdict = button.dataset.verdict || "";
      const fits = (box) => (verdict ? box.dataset.check === "claim" : box.dataset.severity === button.dataset.severity);
      for (const box of boxes) box.checked = Boolean(button.dataset.all) || fits(box);
      show();
    });
  }
  // A note and its words light up together.
  for (const note of notes) {
    const words = marks.filter((mark) => mark.dataset.findings.split(" ").includes(note.dataset.number));
    const light = (on) => () => { for (const mark of words) mark.classList.toggle("lit", on); };
    note.addEventListener("mouseenter", light(true));
    note.addEventListener("mouseleave", light(false));
  }
  show();
  document.documentElement.dataset.ready = "1";
})();
