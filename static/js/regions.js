// data-module="regions": draws the regions of a page and takes them by dragging; the table of numbers below is the form
// and works alone. A chosen picture is shown only: it stays in this browser.
//   [data-board] svg, 1000 units wide · [data-box=PART] g with rect and text · tr[data-part] with [data-axis=x|y|w|h]
export function mount(root) {
  const board = root.querySelector("[data-board]");
  const picture = root.querySelector("[data-picture]");
  const file = root.querySelector("input[type=file]");
  const height = board.viewBox.baseVal.height;
  const row = (part) => root.querySelector(`tr[data-part="${part}"]`);
  const input = (part, axis) => row(part).querySelector(`[data-axis="${axis}"]`);
  root.querySelector("[data-board-place]").hidden = false;
  for (const pick of root.querySelectorAll("[data-pick]")) pick.hidden = false;
  const picked = () => root.querySelector("[data-pick]:checked").value;

  function show(part) {
    const [x, y, w, h] = ["x", "y", "w", "h"].map((axis) => Number.parseFloat(input(part, axis).value));
    const box = root.querySelector(`[data-box="${part}"]`);
    const good = [x, y, w, h].every(Number.isFinite) && w > 0 && h > 0;
    box.setAttribute("visibility", good ? "visible" : "hidden");
    if (!good) return;
    const rect = box.querySelector("rect");
    const text = box.querySelector("text");
    const at = { x: x * 10, y: (y * height) / 100, width: w * 10, height: (h * height) / 100 };
    for (const [name, value] of Object.entries(at)) rect.setAttribute(name, value);
    text.setAttribute("x", at.x + 4);
    text.setAttribute("y", Math.max(at.y - 5, 16));
  }

  for (const tr of root.querySelectorAll("tr[data-part]")) {
    show(tr.dataset.part);
    tr.addEventListener("input", () => show(tr.dataset.part));
    tr.addEventListener("focusin", () => (tr.querySelector("[data-pick]").checked = true));
  }

  file.addEventListener("change", () => {
    const old = picture.getAttribute("href");
    if (old) URL.revokeObjectURL(old);
    if (file.files.length > 0) picture.setAttribute("href", URL.createObjectURL(file.files[0]));
    else picture.removeAttribute("href");
  });

  // share is where a pointer stands, in per cent of the page.
  const share = (event) => {
    const box = board.getBoundingClientRect();
    const clamp = (v) => Math.min(100, Math.max(0, v));
    return { x: clamp(((event.clientX - box.left) / box.width) * 100), y: clamp(((event.clientY - box.top) / box.height) * 100) };
  };
  let start = null;
  board.addEventListener("pointerdown", (event) => {
    start = share(event);
    board.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  board.addEventListener("pointermove", (event) => {
    if (!start) return;
    const end = share(event);
    const part = picked();
    const values = { x: Math.min(start.x, end.x), y: Math.min(start.y, end.y), w: Math.abs(end.x - start.x), h: Math.abs(end.y - start.y) };
    for (const [axis, value] of Object.entries(values)) input(part, axis).value = value.toFixed(1);
    show(part);
  });
  const stop = () => (start = null);
  board.addEventListener("pointerup", stop);
  board.addEventListener("pointercancel", stop);
}
