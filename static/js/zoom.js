// data-module="zoom" (kit.Evidence): pictures side by side enlarge and move in step. Wheel, drag, two fingers, the
// buttons of [data-zoom-bar], and with the focus in a picture: plus, minus, 0 and the arrow keys. A strip of frames
// ([data-zoom-strip=ID]) shows the chosen one large. Without script the strip's links open the pictures.
const LARGEST = 12;

export function mount(root) {
  const pictures = [...root.querySelectorAll("[data-zoom-picture]")];
  const view = { scale: 1, x: 0, y: 0 }; // x, y: shift as a share of the picture's width and height
  const pointers = new Map();
  let pinch = 0;

  function draw() {
    const room = view.scale - 1;
    view.x = Math.min(0, Math.max(-room, view.x));
    view.y = Math.min(0, Math.max(-room, view.y));
    for (const picture of pictures) {
      const inner = picture.querySelector("[data-zoom-inner]");
      inner.style.transform = `translate(${view.x * 100}%, ${view.y * 100}%) scale(${view.scale})`;
    }
    root.dataset.scale = view.scale.toFixed(2);
  }

  // zoom keeps the point under the pointer (shares 0..1 of the picture) where it is.
  function zoom(factor, px = 0.5, py = 0.5) {
    const scale = Math.min(LARGEST, Math.max(1, view.scale * factor));
    view.x = px - ((px - view.x) * scale) / view.scale;
    view.y = py - ((py - view.y) * scale) / view.scale;
    view.scale = scale;
    draw();
  }

  function reset() {
    Object.assign(view, { scale: 1, x: 0, y: 0 });
    draw();
  }

  const share = (picture, event) => {
    const box = picture.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  };
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  };

  const keys = {
    "+": () => zoom(1.4),
    "=": () => zoom(1.4),
    "-": () => zoom(1 / 1.4),
    0: reset,
    ArrowLeft: () => ((view.x += 0.1), draw()),
    ArrowRight: () => ((view.x -= 0.1), draw()),
    ArrowUp: () => ((view.y += 0.1), draw()),
    ArrowDown: () => ((view.y -= 0.1), draw()),
  };

  for (const picture of pictures) {
    picture.addEventListener("wheel", (event) => {
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, ...share(picture, event));
    }, { passive: false });
    picture.addEventListener("pointerdown", (event) => {
      picture.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, event);
      if (pointers.size === 2) pinch = spread();
    });
    picture.addEventListener("pointermove", (event) => {
      const last = pointers.get(event.pointerId);
      if (!last) return;
      const box = picture.getBoundingClientRect();
      pointers.set(event.pointerId, event);
      if (pointers.size === 2) {
        const now = spread();
        zoom(now / pinch, ...share(picture, event));
        pinch = now;
        return;
      }
      view.x += (event.clientX - last.clientX) / box.width;
      view.y += (event.clientY - last.clientY) / box.height;
      draw();
    });
    for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, (event) => pointers.delete(event.pointerId));
    picture.addEventListener("dblclick", (event) => (view.scale > 1 ? reset() : zoom(3, ...share(picture, event))));
    picture.addEventListener("keydown", (event) => {
      const act = event.target === picture && !event.ctrlKey && !event.metaKey && keys[event.key];
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    });
  }

  const bar = root.querySelector("[data-zoom-bar]");
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const act = { in: () => zoom(1.4), out: () => zoom(1 / 1.4), reset }[event.target.closest("[data-zoom]")?.dataset.zoom];
    if (act) act();
  });
  for (const strip of root.querySelectorAll("[data-zoom-strip]")) bindStrip(strip);
}

function bindStrip(strip) {
  const large = document.getElementById(strip.dataset.zoomStrip);
  if (!large) return;
  const mark = () => {
    for (const link of strip.querySelectorAll("a")) {
      if (link.href === large.src) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  mark();
  strip.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    large.src = link.href;
    large.alt = link.dataset.alt || link.querySelector("img")?.alt || "";
    mark();
  });
}
