// data-module="autosave" on a form keeps answers as they are given.
//   data-autosave       address that takes the form's fields by POST (default: the form's own action)
//   data-word-saved     "Saved {time}"        data-word-wait  "Not saved yet. We keep trying."
// The request carries the header X-Autosave: 1, so that the server keeps what there is without asking for the rest,
// and answers 2xx without a page. When that is JSON with "seen", the form's field of that name takes it (it tells the
// server which answers this tab knows); 409 with {"message"} means that another tab was here, and is said. The line #saved
// in the head of the page says when. Nothing is lost offline: the form stays as it is, and is sent again when the
// connection is back or the person leaves the page.
const PAUSE = 800; // ms after the last change

export function mount(form) {
  const line = document.getElementById("saved");
  let timer = 0;
  let dirty = false;

  async function save() {
    clearTimeout(timer);
    if (!dirty) return;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.autosave || form.action, {
        method: "POST",
        body: fields(form),
        headers: { "X-Autosave": "1", Accept: "application/json" },
        keepalive: true,
      });
      const told = await answer.json().catch(() => ({}));
      if (told.seen && form.elements.seen) form.elements.seen.value = told.seen;
      if (answer.ok) say("saved", form.dataset.wordSaved.replace("{time}", clock()));
      else if (answer.status >= 500) again();
      else if (answer.status === 409) say("waiting", told.message ?? form.dataset.wordWait);
    } catch {
      again();
    }
  }

  function again() {
    dirty = true;
    say("waiting", form.dataset.wordWait);
    timer = setTimeout(save, 5000);
  }

  function say(state, text) {
    if (!line) return;
    line.dataset.state = state;
    line.textContent = text;
  }

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    dirty = false;
    clearTimeout(timer);
  });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}

// fields leaves files out: they are sent when the person sends the form.
function fields(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") body.append(name, value);
  }
  return body;
}

function clock() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
