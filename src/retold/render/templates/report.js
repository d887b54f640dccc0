"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector, from = document) => [...from.querySelectorAll(selector)];
  const words = (selector, from) => from.querySelector(selector)?.textContent.trim() ?? "";
  root.classList.add("js");

  /* Counterparts light up together. */
  let lit = [];
  const light = event => {
    const number = event.target.closest?.("[data-r]")?.dataset.r;
    if (lit.number === number) return;
    lit.forEach(element => element.classList.remove("lit"));
    lit = number ? find(`[data-r="${number}"]`) : [];
    lit.number = number;
    lit.forEach(element => element.classList.add("lit"));
  };
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);

  /* Where a link leads has to be open. */
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const closed = [];
    for (let box = target?.closest("details"); box; box = box.parentElement.closest("details"))
      if (!box.open) closed.push(box);
    closed.forEach(box => { box.open = true; });
    if (closed.length) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  /* On paper everything is open that stands nowhere else. */
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = find(".nil:not([open]),.translation:not([open])");
    opened.forEach(box => { box.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach(box => { box.open = false; }));

  /* Copy: the words of a claim, whose they are, what was not found, how sure, the caveat. */
  const byline = letter => document.getElementById(`text-${letter}`).dataset.by;
  const nearest = link => {
    const text = link && document.getElementById(link.hash.slice(1))?.textContent.trim();
    return text ? `; nearest there: ${text}` : "";
  };
  const copied = row => {
    const lines = [];
    find(".cell", row).forEach(cell =>
      lines.push(byline(cell.dataset.a), `  ${words("blockquote", cell)}`));
    find(".gap", row).slice(0, 6).forEach(gap => {
      const label = gap.querySelector(".label").firstChild.textContent.trim();
      lines.push(byline(gap.dataset.a), `  [${label}${nearest(gap.querySelector(".nearest a"))}]`);
    });
    find(".misses p", row).forEach(list => lines.push(`[${list.textContent.trim()}]`));
    const certainty = row.querySelector(".meta .certainty")?.lastChild.textContent.trim();
    lines.push(words(".told", row) + (certainty ? ` (${certainty})` : ""), words(".caveat", document));
    return lines.join("\n");
  };
  const paste = text => {
    const box = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(box);
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  };
  const write = text => (navigator.clipboard
    ? navigator.clipboard.writeText(text).catch(() => paste(text)) : paste(text));
  document.addEventListener("click", event => {
    const button = event.target.closest(".copy");
    const cell = event.target.closest(".matrix td");
    if (cell && !event.target.closest("a")) location.hash = `r${cell.parentElement.dataset.r}`;
    if (!button) return;
    const label = button.firstChild;
    const say = (short, long) => {
      label.textContent = short;
      document.getElementById("said").textContent = long;
      setTimeout(() => { label.textContent = "Copy"; }, 1600);
    };
    write(copied(button.closest(".row"))).then(
      () => { button.focus(); say("Copied", "Copied with sources"); },
      () => say("Cannot copy", "The browser did not allow copying"));
  });

  /* Two to five columns. */
  const boxes = find(".pick input");
  const bound = () => {
    const seen = boxes.filter(box => box.checked);
    boxes.forEach(box => {
      box.disabled = box.checked ? seen.length <= 2 : seen.length >= 5;
    });
  };
  boxes.forEach(box => box.addEventListener("change", bound));
  bound();

  /* Keys: j and k from claim to claim, arrows through the table. */
  const step = by => {
    const rows = find(".row").filter(row => row.offsetParent);
    const here = rows.indexOf(document.activeElement?.closest(".row"));
    const seen = rows.findIndex(row => row.getBoundingClientRect().bottom > 60);
    const next = rows[here < 0 ? Math.max(seen, 0) : Math.min(Math.max(here + by, 0), rows.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "start" });
  };
  const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  document.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const field = event.target.closest("input:not([type=checkbox],[type=radio]),textarea");
    const by = { j: 1, k: -1 }[event.key];
    if (by && !field && document.getElementById("keys").checked) return step(by);
    const way = arrows[event.key];
    const cell = way && event.target.closest(".matrix td,.matrix tbody th");
    if (!cell) return;
    const row = way[0] < 0 ? cell.parentElement.previousElementSibling
      : way[0] > 0 ? cell.parentElement.nextElementSibling : cell.parentElement;
    const link = row?.children[cell.cellIndex + way[1]]?.querySelector("a");
    if (!link) return;
    event.preventDefault();
    link.focus();
    return undefined;
  });
})();
