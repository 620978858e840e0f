// data-module="focus": moves the focus to the element when it arrives (the error summary of a form that came back).
// Its links set the focus into the field they name, also where the id belongs to a group.
export function mount(element) {
  element.focus();
  element.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    const place = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!place) return;
    const control = place.matches("input, select, textarea, button") ? place : place.querySelector("input, select, textarea, button");
    if (!control) return;
    event.preventDefault();
    control.focus();
    control.closest(".field")?.scrollIntoView({ block: "center" });
  });
}
