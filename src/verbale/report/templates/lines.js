// A number that rests on lines of datasets shows them, and them alone; without scripts its link leads to their list.
"use strict";
window.dossierLines = (act) => {
  const section = document.getElementById("record-lines");
  if (!section) return;
  const state = document.getElementById("lines-state"), tables = [...section.querySelectorAll(".line-rows")];

  // The rows that a list of links names: "7–9" is one link, which leads to the first of them.
  function named(place) {
    const found = new Set();
    for (const link of place.querySelectorAll('a[href^="#line-"]')) {
      const [, start, first] = link.hash.match(/^#(line-\d+-)(\d+)$/), last = Number(link.textContent.split("–").pop());
      for (let line = Number(first); line <= last; line += 1) found.add(start + line);
    }
    return found;
  }

  // A line that makes several rows has its anchor at the first of them.
  function keep(wanted) {
    let shown = 0;
    for (const table of tables) {
      let held = false, any = false;
      for (const row of table.querySelectorAll("tbody tr")) {
        if (row.id) { held = !wanted || wanted.has(row.id); if (held) shown += 1; }
        row.hidden = !held;
        any ||= held;
      }
      if (wanted) { table.open = any; table.hidden = !any; } else table.hidden = false;
    }
    return shown;
  }

  function all() { keep(null); state.replaceChildren(); }

  function behind(place) {
    const wanted = named(place);
    if (!wanted.size) { act.row(place.id); return; }
    const shown = keep(wanted), clear = document.createElement("button");
    clear.type = "button";
    clear.className = "link";
    clear.textContent = "Show all lines";
    clear.addEventListener("click", all);
    state.replaceChildren(`${shown.toLocaleString("en")} ${shown === 1 ? "line" : "lines"} behind “${place.querySelector("b").textContent}”. `, clear);
    section.scrollIntoView();
    clear.focus({ preventScroll: true });
  }

  function follow(hash) {
    const place = /^#(behind|line)-\d/.test(hash) && document.getElementById(hash.slice(1));
    if (!place) return false;
    if (hash.startsWith("#behind-")) behind(place); else { all(); act.row(place.id); }
    return true;
  }

  document.addEventListener("click", (click) => {
    const link = click.target.closest('a[href^="#behind-"], a[href^="#line-"]');
    if (link && follow(link.hash)) { click.preventDefault(); history.replaceState(null, "", link.hash); }
  });
  addEventListener("hashchange", () => follow(location.hash));
  follow(location.hash);
};
