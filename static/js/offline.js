// data-module="offline" on the place for short messages: a form that is sent without a connection would be replaced by
// the browser's own page and its words be gone. It is held back instead, and the page says so until the connection is
// back (data-word-offline). Forms that send by script look after themselves.
export function mount(place) {
  let sure = null; // the form that is sent although the browser says that it is offline

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || navigator.onLine || form.method === "dialog" || form === sure) return;
    event.preventDefault();
    reached().then(
      () => {
        sure = form;
        form.requestSubmit(event.submitter);
        sure = null;
      },
      () => say(place.dataset.wordOffline),
    );
  });
  addEventListener("online", () => say(""));

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
