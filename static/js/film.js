// data-module="film" (mydata.FilmPlayer): plays the kept pictures of a capture at the pace at which they were taken. The
// answer of data-src is four bytes (length of the head, big-endian), the head as JSON ([{"at": ms, "bytes": n}, ...]), then
// the pictures one behind another. Nothing is fetched before the first press: that is a look, which is noted.
// Space plays and stops, arrows go one picture on or back, Home and End to the first and last.

async function fetchFilm(url) {
  const answer = await fetch(url, { headers: { Accept: "application/octet-stream" } });
  if (!answer.ok) throw new Error(`film: ${answer.status}`);
  const all = await answer.arrayBuffer();
  const head = new DataView(all).getUint32(0);
  const list = JSON.parse(new TextDecoder().decode(new Uint8Array(all, 4, head)));
  let from = 4 + head;
  return Promise.all(
    list.map(({ at, bytes }) => {
      const picture = new Blob([new Uint8Array(all, from, bytes)], { type: "image/jpeg" });
      from += bytes;
      return createImageBitmap(picture).then((image) => ({ at, image }));
    }),
  );
}

export function mount(root) {
  const part = (name) => root.querySelector(`[data-film-${name}]`);
  const word = (name) => root.getAttribute(`data-word-${name}`);
  const canvas = root.querySelector("canvas");
  const [play, seek, time, says] = [part("play"), part("seek"), part("time"), part("says")];
  const label = play.querySelector("span");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let frames = null;
  let shown = 0;
  let timer = 0;
  let opening = null;

  function show(i) {
    shown = Math.min(frames.length - 1, Math.max(0, i));
    const { at, image } = frames[shown];
    canvas.width = image.width;
    canvas.height = image.height;
    canvas.getContext("2d").drawImage(image, 0, 0);
    seek.value = shown;
    const end = frames[frames.length - 1].at;
    const text = `${(at / 1000).toFixed(1)} s / ${(end / 1000).toFixed(1)} s · ${shown + 1} / ${frames.length}`;
    time.textContent = text;
    seek.setAttribute("aria-valuetext", text);
    root.dataset.shown = shown;
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
    root.dataset.state = "still";
    label.textContent = shown === frames.length - 1 ? word("again") : word("play");
  }

  function next() {
    if (shown === frames.length - 1) return stop();
    timer = setTimeout(() => (show(shown + 1), next()), Math.max(0, frames[shown + 1].at - frames[shown].at));
  }

  function start() {
    if (shown === frames.length - 1) show(0);
    root.dataset.state = "playing";
    label.textContent = word("pause");
    next();
  }

  const toggle = () => (timer ? stop() : start());
  const step = (by) => (stop(), show(shown + by), stop());

  // open fetches the film once; where little motion is wanted it stands still until play is pressed again.
  async function open() {
    try {
      frames = await (opening ??= fetchFilm(root.dataset.src));
    } catch (error) {
      opening = null;
      says.textContent = word("failed");
      says.hidden = false;
      return;
    }
    says.hidden = true;
    part("screen").hidden = false;
    part("keys").hidden = false;
    root.querySelectorAll("[data-film-step]").forEach((b) => (b.hidden = false));
    if (calm.matches) part("motion").textContent = word("motion");
    show(0);
    stop();
    if (!calm.matches) start();
  }

  const keys = {
    " ": toggle,
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    Home: () => step(-frames.length),
    End: () => step(frames.length),
  };

  play.addEventListener("click", () => (frames ? toggle() : open()));
  root.querySelectorAll("[data-film-step]").forEach((b) => b.addEventListener("click", () => step(Number(b.dataset.filmStep))));
  seek.addEventListener("input", () => (stop(), show(Number(seek.value)), stop()));
  canvas.addEventListener("keydown", (event) => {
    if (!frames || !keys[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  part("bar").hidden = false;
}
