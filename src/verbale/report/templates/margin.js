// The margin of a review: each note stands beside its words, notes run on past the ends of paragraphs, and where many stand
// close together they fold to a line or two. Without scripts, on paper and on small screens they follow their passage.
"use strict";
const layMargin = (() => {
  const GAP = 8; // pixels between two notes
  const FAR = 110; // a note further from its words than this is folded to two lines with its neighbours: about four lines of text
  const FURTHER = 330; // and further than this, to one line: words and note no longer share a small screen
  const wide = matchMedia("screen and (min-width: 821px)");
  const sheet = document.querySelector(".sheet");
  const notes = [...sheet.querySelectorAll(".note-of")].map((note) => ({
    note,
    link: sheet.querySelector(`#words-${note.dataset.number}`),
    more: moreButton(note),
  }));
  const threads = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  threads.setAttribute("class", "threads");
  threads.setAttribute("aria-hidden", "true");
  sheet.append(threads);

  function moreButton(note) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "more";
    button.setAttribute("aria-controls", note.querySelector(".body").id);
    button.addEventListener("click", () => {
      note.classList.toggle("open");
      lay();
    });
    note.append(button);
    return button;
  }

  // Least-squares places under the rule that no two overlap: neighbours that would overlap are pooled, and a pool stands where the
  // mean of its members would have it (pool-adjacent-violators).
  function pools(items) {
    const found = [];
    for (const item of items) {
      let pool = { items: [item], height: item.height + GAP, sum: item.want };
      const settle = () => { pool.at = Math.max(0, pool.sum / pool.items.length); };
      settle();
      while (found.length && found.at(-1).at + found.at(-1).height > pool.at) {
        const before = found.pop();
        pool = {
          items: before.items.concat(pool.items),
          height: before.height + pool.height,
          sum: before.sum + pool.sum - pool.items.length * before.height,
        };
        settle();
      }
      found.push(pool);
    }
    for (const pool of found) {
      let top = pool.at;
      for (const item of pool.items) {
        item.top = top;
        top += item.height + GAP;
      }
    }
    return found;
  }

  // A quiet note is one line until somebody asks for it: by its button, its number, or a filter that shows nothing louder.
  function resting(note) {
    const asked = note.classList.contains("open") || document.body.classList.contains("quiet-only");
    return note.dataset.loudness === "quiet" && !asked ? 2 : 0;
  }

  // How tall each note is whole, folded to two lines, and folded to one. An open note stays whole.
  function measure(items) {
    for (const { note } of items) note.classList.remove("folded", "one-line");
    const whole = items.map(({ note }) => note.offsetHeight);
    const shut = items.filter(({ note }) => !note.classList.contains("open"));
    for (const { note } of shut) note.classList.add("folded");
    const two = items.map(({ note }) => note.offsetHeight);
    for (const { note } of shut) note.classList.add("one-line");
    items.forEach((item, index) => {
      item.heights = [whole[index], two[index], item.note.offsetHeight];
      item.fold = item.base = resting(item.note);
      item.height = item.heights[item.base];
    });
  }

  // Fold the pools that have run too far from their words, those of the lesser notes first where `least` says so.
  function fold(items, found, limit, level, least) {
    for (const pool of found) {
      if (!pool.items.some((item) => Math.abs(item.top - item.want) > limit)) continue;
      for (const item of pool.items) {
        if (least && ["mend", "look"].includes(item.note.dataset.loudness)) continue;
        item.fold = Math.max(level, item.fold);
        item.height = item.heights[item.fold];
      }
    }
    return pools(items);
  }

  // A folded note takes what room is left below it.
  function unfold(items) {
    items.forEach((item, index) => {
      const room = index + 1 < items.length ? items[index + 1].top - item.top - GAP : Infinity;
      while (item.fold > item.base && item.heights[item.fold - 1] <= room) item.fold -= 1;
      item.height = item.heights[item.fold];
    });
  }

  // Where the words of a note stand: the bottom of the line that its number is on, and the right edge of their column.
  function anchor(item, base) {
    const line = item.link.getClientRects()[0] || item.link.closest(".words").getBoundingClientRect();
    item.line = line.bottom - base.top + 4;
    item.want = Math.max(0, line.top - base.top - 6);
  }

  function draw(items, base, from) {
    threads.replaceChildren();
    const to = items[0].note.getBoundingClientRect().left - base.left - 3;
    for (const item of items) {
      if (Math.abs(item.top - item.want) < 10) continue;
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", `M${from} ${item.line}H${from + 6}L${to - 6} ${item.top + 12}H${to}`);
      path.setAttribute("class", item.note.dataset.loudness);
      path.dataset.number = item.note.dataset.number;
      threads.append(path);
    }
  }

  function lay() {
    const items = notes.filter((item) => !item.note.hidden && item.link);
    sheet.classList.toggle("margin", wide.matches);
    sheet.style.minHeight = "";
    threads.replaceChildren();
    measure(items);
    if (wide.matches && items.length) {
      const base = sheet.getBoundingClientRect();
      for (const item of items) anchor(item, base);
      let found = pools(items);
      found = fold(items, found, FAR, 1, true);
      found = fold(items, found, 2 * FAR, 1, false);
      found = fold(items, found, FURTHER, 2, true);
      fold(items, found, FURTHER, 2, false);
      unfold(items);
      for (const { note, top } of items) note.style.top = `${top}px`;
      const last = items.at(-1);
      sheet.style.minHeight = `${last.top + last.height + GAP}px`;
      draw(items, base, items[0].link.closest(".words").getBoundingClientRect().right - base.left + 4);
    } else {
      for (const item of items) item.fold = Math.max(item.base, item.note.parentElement.childElementCount > 2 ? 1 : 0);
    }
    for (const { note, fold } of items) {
      const open = note.classList.contains("open");
      note.classList.toggle("folded", fold > 0 && !open);
      note.classList.toggle("one-line", fold > 1 && !open);
    }
    items.forEach(({ note, more, fold, heights }) => {
      const open = note.classList.contains("open");
      more.hidden = !open && heights[fold] >= heights[0];
      more.textContent = open ? "less" : "more";
      more.setAttribute("aria-expanded", String(open));
      more.setAttribute("aria-label", `${open ? "Less" : "More"} of finding ${note.dataset.number}`);
    });
  }

  // Whoever follows a number from the text wants to read the note whole.
  function open(note) {
    note.classList.add("open");
    lay();
  }

  let waiting = 0;
  const later = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(lay);
  };
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth !== width) later();
    width = innerWidth;
  });
  wide.addEventListener("change", later);
  return { lay, open };
})();
