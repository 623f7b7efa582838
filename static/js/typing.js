// What is typed while an answer is on its way outlives the fields that the answer brings anew.
// For a control with data-keeps-typing, whose answer brings the same fields under the same ids.
(() => {
  "use strict";
  const FIELDS = "input[id][name], select[id][name], textarea[id][name]";
  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
  const said = (field) => (isTicked(field) ? field.checked : field.value);
  const kept = new WeakMap(); // of each request, what was typed since it left

  const isNew = (field, sent) => {
    const values = sent.getAll(field.name);
    return isTicked(field) ? values.includes(field.value) !== field.checked : values[0] !== field.value;
  };

  const again = ([id, value]) => {
    const field = document.getElementById(id);
    if (!field || said(field) === value) return;
    if (field.matches("select") && ![...field.options].some((option) => option.value === value)) return;
    if (isTicked(field)) field.checked = value;
    else field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  };

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, requestConfig } = event.detail;
    if (!requestConfig.elt.matches("[data-keeps-typing]")) return;
    const fields = [...target.querySelectorAll(FIELDS)];
    kept.set(xhr, fields.filter((field) => isNew(field, requestConfig.formData)).map((field) => [field.id, said(field)]));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const typed = kept.get(event.detail.xhr) ?? [];
    kept.delete(event.detail.xhr);
    typed.forEach(again);
  });
})();
