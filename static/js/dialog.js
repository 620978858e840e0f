// Native dialogs. Buttons carry commandfor="ID" command="show-modal|close"; browsers that know these attributes need
// nothing from us, the others get them here. A dialog closes on a click beside it (closedby="any") in both.
export function polyfillCommands() {
  const native = "command" in HTMLButtonElement.prototype;
  document.addEventListener("click", (event) => {
    if (!native) runCommand(event);
    closeBeside(event);
  });
}

function runCommand(event) {
  const button = event.target.closest("button[commandfor]");
  const dialog = button && document.getElementById(button.getAttribute("commandfor"));
  if (!dialog) return;
  if (button.getAttribute("command") === "show-modal" && !dialog.open) dialog.showModal();
  if (button.getAttribute("command") === "close" && dialog.open) dialog.close();
}

function closeBeside(event) {
  const dialog = event.target;
  if ("closedBy" in HTMLDialogElement.prototype || !dialog.matches?.('dialog[closedby="any"]')) return;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  if (!inside) dialog.close();
}
