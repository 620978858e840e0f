// data-module="capture-document": one side of a document by camera or by a chosen file (kit.CaptureDocument draws it).
// The form inside works without this script; here it gets a camera with an outline and live hints, a still in the
// camera's full resolution, a preview, and an upload that shows its progress and survives a lost connection.
//   #ID-words   JSON of every sentence that is said here
// data-state: idle, asking, live, preview, sending, sent, failed.
import { CameraProblem, grab, light, luma, openCamera, sharpness } from "./camera.js";
import { fit } from "./outline.js";
import { newKey, send, uploadView } from "./upload.js";

const DARK = 60;
const GLARE = 0.06; // share of nearly white pixels
const BLURRED = 25;

export function mount(root) {
  new Sheet(root);
}

class Sheet {
  constructor(root) {
    const part = (name) => root.querySelector(`[data-${name}]`);
    this.root = root;
    this.words = JSON.parse(document.getElementById(`${root.id}-words`).textContent);
    this.form = root.querySelector("form");
    this.file = this.form.querySelector("input[type=file]");
    this.key = this.form.elements.idempotency_key;
    this.stage = part("stage");
    this.video = this.stage.querySelector("video");
    this.hint = part("hint");
    this.outline = part("outline");
    this.parts = { camera: part("with-camera"), live: part("live"), preview: part("preview"), choose: part("choose"), send: part("send") };
    this.retake = part("retake");
    this.says = part("says");
    this.upload = uploadView(root, this.words);
    this.still = null; // Blob from the camera; null when a file was chosen
    this.close = () => {};
    part("open").addEventListener("click", () => this.open());
    part("take").addEventListener("click", () => this.take());
    this.retake.addEventListener("click", () => this.open());
    this.file.addEventListener("change", () => this.chosen());
    this.form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("pagehide", () => this.close());
    this.state("idle");
  }

  state(name) {
    this.root.dataset.state = name;
    const camera = Boolean(navigator.mediaDevices?.getUserMedia);
    this.parts.camera.hidden = !camera || !["idle", "failed"].includes(name);
    this.stage.hidden = this.parts.live.hidden = name !== "live";
    this.parts.preview.hidden = !["preview", "sending", "sent"].includes(name);
    this.parts.choose.hidden = !["idle", "live", "failed"].includes(name) && !(name === "preview" && !this.still);
    this.parts.send.hidden = !["preview", "failed"].includes(name) && !(name === "idle" && this.file.files.length > 0);
    this.retake.hidden = name !== "preview" || !this.still;
  }

  say(text) {
    this.says.hidden = !text;
    this.says.textContent = text;
  }

  async open() {
    this.state("asking");
    this.say(this.words.asking);
    this.upload.hide();
    try {
      this.close = await openCamera(this.video, { facingMode: "environment", width: { ideal: 3840 }, height: { ideal: 2160 } });
    } catch (error) {
      this.state("failed");
      this.say(this.words[error instanceof CameraProblem ? error.kind : "none"]);
      return;
    }
    this.say("");
    this.still = null;
    this.state("live");
    this.root.querySelector("[data-take]").focus();
    this.watch();
  }

  // watch says at once what would make the picture better; it never takes it by itself.
  watch() {
    if (this.root.dataset.state !== "live") return;
    const grey = luma(this.video);
    const { mean, blown } = light(grey);
    const fits = fit(this.video, this.outline);
    let text = this.words.good;
    if (mean < DARK) text = this.words.light;
    else if (blown > GLARE) text = this.words.glare;
    else if (!fits) text = this.words.fit;
    else if (sharpness(grey) < BLURRED) text = this.words.sharp;
    this.stage.dataset.fit = text === this.words.good ? "good" : "";
    if (this.hint.textContent !== text) this.hint.textContent = text;
    setTimeout(() => this.watch(), 400);
  }

  async take() {
    this.still = await photograph(this.video);
    this.close();
    this.show(this.still);
  }

  chosen() {
    this.still = null;
    this.close();
    this.say("");
    this.upload.hide();
    if (this.file.files.length > 0) this.show(this.file.files[0]);
    else this.state("idle");
  }

  show(blob) {
    const image = this.parts.preview.querySelector("img");
    URL.revokeObjectURL(image.src);
    image.hidden = false;
    image.onerror = () => (image.hidden = true); // a format that only the server may know, or a PDF file
    image.src = URL.createObjectURL(blob);
    this.state("preview");
    this.form.querySelector("[data-use]").focus();
  }

  async submit(event) {
    event.preventDefault();
    const body = new FormData(this.form);
    if (this.still) body.set(this.file.name, this.still, "camera.jpg");
    else if (this.file.files.length === 0) return this.file.focus();
    this.state("sending");
    try {
      this.answered(await send(this.form.action, body, { key: this.key.value, ...this.upload }));
    } catch {
      this.state("preview");
      this.upload.say(this.words.failed);
    }
  }

  answered(answer) {
    if (answer.next) {
      this.state("sent");
      this.upload.say(this.words.sent);
      location.assign(answer.next);
      return;
    }
    this.key.value = newKey(); // the next picture is another one
    this.upload.hide();
    this.state("failed");
    this.say(answer.message || this.words.failed);
  }
}

// photograph takes a still in the camera's own resolution where the browser can, and the video's otherwise.
async function photograph(video) {
  const track = video.srcObject.getVideoTracks()[0];
  if ("ImageCapture" in globalThis) {
    try {
      const blob = await Promise.race([new ImageCapture(track).takePhoto(), late(3000)]);
      if (blob?.size > 0) return blob;
    } catch {
      // some cameras refuse; the video's own picture is good enough
    }
  }
  return grab(video, Number.POSITIVE_INFINITY, 0.95);
}

const late = (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), ms));
