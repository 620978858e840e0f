// Sending pictures: progress, and on a lost connection again with the same idempotency key, so nothing is sent twice.
//   send(url, FormData, {key, onProgress(0..1), onState("sending"|"retry"|"offline")}) -> {ok, status, next, message}
// The server answers {"next": url} or a redirect when it took the pictures, {"message": sentence} when it did not.
const WAITS = [1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000]; // ms between tries
const GATEWAY = new Set([502, 503, 504]);

export async function send(url, body, { key, onProgress = () => {}, onState = () => {} }) {
  for (let tries = 0; ; tries++) {
    onState("sending");
    try {
      const answer = await once(url, body, key, onProgress);
      if (!GATEWAY.has(answer.status) || tries >= WAITS.length) return answer;
    } catch (lost) {
      if (tries >= WAITS.length) throw lost;
    }
    onState(navigator.onLine ? "retry" : "offline");
    await pause(WAITS[Math.min(tries, WAITS.length - 1)]);
    if (!navigator.onLine) await backOnline();
  }
}

// once uses XMLHttpRequest because fetch cannot tell how much has been sent.
function once(url, body, key, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => resolve(read(request, url));
    request.onerror = request.ontimeout = () => reject(new Error("connection lost"));
    request.send(body);
  });
}

function read(request, url) {
  const answer = { ok: request.status >= 200 && request.status < 300, status: request.status, next: "", message: "" };
  if ((request.getResponseHeader("Content-Type") ?? "").startsWith("application/json")) {
    try {
      const data = JSON.parse(request.responseText);
      answer.next = data.next ?? "";
      answer.message = Object.values(data.fields ?? {})[0] ?? data.message ?? "";
    } catch {
      answer.ok = false;
    }
  } else if (answer.ok && request.responseURL !== new URL(url, location.href).href) {
    answer.next = request.responseURL;
  }
  return answer;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const backOnline = () => new Promise((done) => addEventListener("online", done, { once: true }));

// uploadView binds the kit's upload state ([data-upload-state]) to the callbacks of send.
export function uploadView(root, words) {
  const box = root.querySelector("[data-upload-state]");
  const says = box.querySelector("[data-upload-says]");
  const bar = box.querySelector("[data-upload-bar]");
  return {
    onProgress: (share) => (bar.value = Math.round(share * 100)),
    onState(state) {
      box.hidden = false;
      bar.hidden = state !== "sending";
      says.textContent = words[state];
    },
    say(text) {
      box.hidden = false;
      bar.hidden = true;
      says.textContent = text;
    },
    hide: () => (box.hidden = true),
  };
}

// newKey makes an idempotency key for the next picture.
export const newKey = () => crypto.randomUUID();
