// data-module="passkey" (kit.Passkey draws it): makes or uses a passkey.
//   data-mode "create"|"get"   data-options, data-finish: addresses   data-next: where to go when the answer does not say
//   data-naming: id of a text field with the passkey's name, sent as ?label= to data-finish
// POST data-options answers what WebAuthn servers answer, {"publicKey": {...}}; what the browser makes of it is posted
// as JSON to data-finish, which answers {"next": url} or {"message": sentence}. data-state: idle, busy, done, failed.
// The button is hidden until it can be pressed.
export function mount(root) {
  const button = root.querySelector("[data-passkey-go]");
  const line = root.querySelector("[data-passkey-says]");
  const can = "PublicKeyCredential" in globalThis && "parseRequestOptionsFromJSON" in PublicKeyCredential;
  const say = (state, text = "") => {
    root.dataset.state = state;
    line.hidden = !text;
    line.textContent = text;
  };
  if (!can) {
    say("failed", root.dataset.wordNone);
    return;
  }
  say("idle");
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    say("busy");
    try {
      const next = await ceremony(root.dataset);
      say("done");
      location.assign(next);
    } catch (error) {
      button.disabled = false;
      say("failed", error instanceof Refused ? error.message : root.dataset[error.name === "NotAllowedError" ? "wordCancel" : "wordFailed"]);
    }
  });
}

// Refused carries the server's own sentence.
class Refused extends Error {}

async function ceremony({ mode, options, finish, next, naming }) {
  const { publicKey } = await post(options, "");
  const credential =
    mode === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
  const target = new URL(finish, location.href);
  const label = naming && document.getElementById(naming)?.value.trim();
  if (label) target.searchParams.set("label", label);
  const answer = await post(target, JSON.stringify(credential.toJSON()));
  return answer.next || next;
}

async function post(url, body) {
  const answer = await fetch(url, { method: "POST", body, headers: { "Content-Type": "application/json", Accept: "application/json" } });
  const data = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) {
    if (data.message) throw new Refused(data.message);
    throw new Error(`status ${answer.status}`);
  }
  return data;
}
