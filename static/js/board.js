// The board: a card that is dragged to another column is moved there. The server draws the board anew, refused or not.
(() => {
  "use strict";
  let card = null;
  let putBack = null;

  const columnAt = (event) => event.target.closest("[data-board] [data-stage]");
  const unmark = () => {
    for (const column of document.querySelectorAll(".is-over")) column.classList.remove("is-over");
  };

  document.addEventListener("dragstart", (event) => {
    card = event.target.closest?.("[data-place]") ?? null;
    if (!card) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.place);
    card.classList.add("is-dragged");
  });

  document.addEventListener("dragover", (event) => {
    const column = card && columnAt(event);
    unmark();
    if (!column || column.contains(card)) return;
    event.preventDefault();
    column.classList.add("is-over");
  });

  document.addEventListener("drop", (event) => {
    const column = card && columnAt(event);
    if (!column || column.contains(card)) return;
    event.preventDefault();
    const [moved, parent, next] = [card, card.parentNode, card.nextSibling];
    putBack = () => parent.insertBefore(moved, next);
    column.querySelector(".board-cards").prepend(moved);
    const values = { stage: column.dataset.stage, version: moved.dataset.version };
    window.htmx.ajax("POST", moved.dataset.place, { target: "#rows", swap: "innerHTML", values });
  });

  document.addEventListener("dragend", () => {
    card?.classList.remove("is-dragged");
    card = null;
    unmark();
  });

  // no answer that draws the board: the card goes back, and the frame says that it did not work
  for (const name of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(name, () => {
      putBack?.();
      putBack = null;
    });
  }
  document.addEventListener("htmx:afterSwap", () => {
    putBack = null;
  });
})();
