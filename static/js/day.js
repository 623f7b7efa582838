// The day of a manager by keyboard: n goes to the next row, and on a row l, d, b, s, x do what its buttons do. What was done with a
// row leaves the focus where it was, so that n goes on from there.
(() => {
  "use strict";
  const PLACE = "day-place";
  const rows = () => [...document.querySelectorAll("[data-day-row]")];
  const here = () => document.activeElement?.closest("[data-day-row]");
  const focus = (row) => {
    row?.querySelector("[data-row]").focus();
    row?.scrollIntoView({ block: "nearest" });
  };
  const isTyping = (target) =>
    target.closest("input, textarea, select, [contenteditable], dialog[open]") !== null;

  const next = (by) => {
    const all = rows();
    const at = all.indexOf(here());
    focus(at < 0 ? all[0] : all[Math.min(Math.max(at + by, 0), all.length - 1)]);
  };

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      if (event.key === "n" || event.key === "N") next(event.key === "n" ? 1 : -1);
      else {
        const act = here()?.querySelector(`[data-act="${CSS.escape(event.key)}"]`);
        if (!act) return;
        sessionStorage.setItem(PLACE, rows().indexOf(here()));
        act.click();
      }
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );

  document.addEventListener("click", (event) => {
    const row = event.target.closest("[data-act]")?.closest("[data-day-row]");
    if (row) sessionStorage.setItem(PLACE, rows().indexOf(row));
  });

  // the dialog gives the focus back to the row that it was opened from
  document.getElementById("dialog")?.addEventListener("close", () => focus(rows()[sessionStorage.getItem(PLACE)]));

  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place !== null) focus(rows()[Math.min(Number(place), rows().length - 1)]);
})();
