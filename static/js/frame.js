// The frame: menus, drawer, dialog, theme, and rows that open. Pages work without it.
(() => {
  "use strict";
  const root = document.documentElement;

  // menus: one open at a time; a click outside or Escape closes
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except && !menu.contains(except)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details.menu[open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
    closeHits();
    drawer(false);
  });

  // hits under the search box
  const closeHits = () => {
    const hits = document.getElementById("search-hits");
    if (hits) hits.replaceChildren();
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".top-search")) closeHits();
  });

  // drawer on a phone
  const drawer = (open) => {
    const side = document.getElementById("side");
    if (!side || side.classList.contains("is-open") === open) return;
    side.classList.toggle("is-open", open);
    if (open) side.querySelector(".side-close").focus();
  };
  document.addEventListener("click", (event) => {
    const control = event.target.closest("[data-drawer]");
    if (!control) return;
    event.preventDefault();
    drawer(control.dataset.drawer === "open");
  });

  // the dialog: what HTMX puts into it opens it; empty closes it
  const dialog = document.getElementById("dialog");
  document.addEventListener("htmx:afterSwap", (event) => {
    if (!dialog?.contains(event.target)) return;
    if (dialog.childElementCount && !dialog.open) dialog.showModal();
    if (!dialog.childElementCount && dialog.open) dialog.close();
    const first = dialog.querySelector("[data-focus], [autofocus], .is-invalid");
    if (first) first.focus();
  });
  document.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-dialog-close]")) dialog?.close();
  });
  document.addEventListener("close-dialog", () => dialog?.close());
  dialog?.addEventListener("close", () => dialog.replaceChildren());

  // light and dark
  const button = document.querySelector("[data-theme-switch]");
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
      root.dataset.bsTheme = theme;
      document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
    });
  }

  // a row opens where it is clicked, unless something in it was
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, label, summary")) return;
    if (String(getSelection())) return;
    if (event.ctrlKey || event.metaKey) open(row.dataset.href);
    else location.assign(row.dataset.href);
  });

  // a request that failed says so and keeps the page
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(name, (event) => {
      const place = document.getElementById("messages");
      const status = event.detail.xhr?.status;
      const watch = event.detail.elt?.closest("[data-watch]"); // nobody asked for what a page does by itself
      if (watch) {
        if ([401, 403, 404].includes(status)) watch.remove();
        return;
      }
      if (status === 401) location.reload();
      if (place && place.dataset.failed) {
        const note = document.createElement("div");
        note.className = "alert alert-danger";
        note.setAttribute("role", "alert");
        note.textContent = place.dataset.failed;
        place.replaceChildren(note);
      }
    });
  }

  document.querySelector("[data-focus]")?.focus();
})();
