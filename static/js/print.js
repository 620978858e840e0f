// data-module="print" on a button: it is shown where there is script, and opens the browser's print dialog.
export function mount(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
