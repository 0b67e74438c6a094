// The list that a field opens has the name of the field, for screen readers.
document.addEventListener("focusin", (event) => {
  if (event.target.getAttribute?.("role") !== "combobox") return;
  new MutationObserver((_, observer) => {
    const list = document.getElementById(event.target.getAttribute("aria-controls"));
    const name = event.target.getAttribute("aria-label") ?? event.target.closest("label")?.querySelector(".q-field__label")?.textContent;
    if (list && name) list.setAttribute("aria-label", name);
    if (document.activeElement !== event.target) observer.disconnect();
  }).observe(document.body, { childList: true, subtree: true });
});
