// Keys: "/" and Ctrl-K search, "l" logs a contact, Ctrl-Enter saves a form, "[" and "]" turn pages, j and k walk rows, arrows walk hits.
(() => {
  "use strict";
  const typing = (target) =>
    target.closest("input:not([type=radio]), textarea, select, [contenteditable]") !== null;

  // a form of two keys: with the second it says all that it must
  const saveWhenSaid = (form) => {
    if (!form) return;
    const groups = new Set([...form.querySelectorAll("input[type=radio]")].map((radio) => radio.name));
    const said = [...groups].every((name) => form.querySelector(`input[name="${name}"]:checked`));
    const day = form.querySelector("[data-other-day]");
    if (day?.checked) form.querySelector("[data-day]").focus();
    else if (said) form.requestSubmit();
  };

  const press = (key) => {
    const holder = document.querySelector("dialog[open]") ?? document;
    const element = holder.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!element) return false;
    if (element.matches("input, textarea, select")) {
      element.focus();
      element.select?.();
    } else element.click();
    saveWhenSaid(element.closest("form[data-two-keys]"));
    return true;
  };

  const step = (elements, by) => {
    const list = [...elements];
    if (!list.length) return false;
    const at = list.indexOf(document.activeElement);
    list[Math.max(0, Math.min(list.length - 1, at + by))].focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      if (press("/")) event.preventDefault();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.target.closest("form[method=post]")?.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const hits = event.target.closest(".top-search");
    if (hits && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      if (step(hits.querySelectorAll("input, a.hit"), event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
      return;
    }
    if (typing(event.target)) return;
    if (event.key === "j" || event.key === "k") {
      step(document.querySelectorAll("table.rows tbody tr td:first-child a, a[data-row]"), event.key === "j" ? 1 : -1);
      return;
    }
    if (press(event.key)) event.preventDefault();
  });
})();
