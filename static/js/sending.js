// data-module="sending" on the place for short messages, for every form of the page that the browser sends itself:
//   once     a second press right after the first one is dropped; it would be answered as if somebody else had been here
//   offline  without a connection the browser's own page would take the place of the form and its words. The form is held
//            back, and the page says so (data-word-offline) until the connection is back
// Forms that send by script look after themselves.
const TWICE = 2000; // ms within which a second press is no wish of its own

export function mount(place) {
  const sent = new WeakSet();
  let sure = null; // the form that is sent although the browser says that it is offline

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    if (!navigator.onLine && form !== sure) {
      event.preventDefault();
      hold(form, event.submitter);
    } else if (form.method === "post") {
      once(form, event);
    }
  });
  addEventListener("online", () => say(""));

  function once(form, event) {
    if (sent.has(form)) event.preventDefault();
    sent.add(form);
    setTimeout(() => sent.delete(form), TWICE);
  }

  async function hold(form, button) {
    try {
      await reached();
    } catch {
      return say(place.dataset.wordOffline);
    }
    sure = form;
    form.requestSubmit(button);
    sure = null;
  }

  function say(text) {
    place.replaceChildren();
    if (!text) return;
    const message = document.createElement("p");
    message.textContent = text;
    place.append(message);
  }
}

// reached asks the server itself: on a machine without a network the browser is "offline", and localhost is there.
const reached = () => fetch(document.querySelector('link[rel="icon"]').href, { method: "HEAD", cache: "no-store" });
