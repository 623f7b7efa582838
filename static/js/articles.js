// The text of an article goes to where the cursor stands in the reply; without script the link brings a page whose reply begins with it.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-insert]");
    const field = link && document.getElementById(link.dataset.into);
    if (!field) return;
    event.preventDefault();
    field.setRangeText(link.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
})();
