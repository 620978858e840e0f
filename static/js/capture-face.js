// data-module="capture-face": the guided capture of about five seconds (kit.CaptureFace draws its parts).
//   data-post, data-key, data-frames   where to, idempotency key, number of frames
//   #capture-challenge                 JSON {id, prompts: [{code, words, arrow, millis}]}, made by the server
//   #capture-words                     JSON of every sentence that is said here
// data-state tells where it stands: idle, asking, ready, running, sending, sent, failed. Nothing opens before the
// person presses Open; frames go to the server, which alone decides. The way without a camera stays in sight.
import { CameraProblem, grab, light, luma, openCamera, sharpness } from "./camera.js";
import { send, uploadView } from "./upload.js";
import { voice } from "./voice.js";

const WIDEST = 1280; // pixels of a frame that is sent
const DARK = 55; // mean grey value below which a face is hard to read
const BRIGHT = 215;
const BLURRED = 8; // variance of the Laplacian

export function mount(root) {
  new Capture(root).idle();
}

class Capture {
  constructor(root) {
    const part = (name) => root.querySelector(`[data-${name}]`);
    this.root = root;
    this.words = JSON.parse(document.getElementById("capture-words").textContent);
    this.challenge = JSON.parse(document.getElementById("capture-challenge").textContent);
    this.stage = part("stage");
    this.video = this.stage.querySelector("video");
    this.prompt = part("prompt");
    this.hint = part("hint");
    this.ring = part("ring");
    this.buttons = { open: part("open"), start: part("start"), again: part("again") };
    this.upload = uploadView(root, this.words);
    this.speak = voice(part("voice"));
    this.close = () => {};
    this.buttons.open.addEventListener("click", () => this.open());
    this.buttons.start.addEventListener("click", () => this.run());
    this.buttons.again.addEventListener("click", () => location.reload());
    document.addEventListener("visibilitychange", () => document.hidden && this.interrupt());
    addEventListener("pagehide", () => this.close());
  }

  state(name, button, text) {
    this.root.dataset.state = name;
    for (const [key, element] of Object.entries(this.buttons)) element.hidden = key !== button;
    if (text) this.prompt.textContent = text;
  }

  idle() {
    this.state("idle", "open");
  }

  async open() {
    this.state("asking", "", this.words.asking);
    try {
      this.close = await openCamera(this.video, { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } });
    } catch (error) {
      this.state("failed", "open", this.words[error instanceof CameraProblem ? error.kind : "none"]);
      return;
    }
    this.stage.hidden = false;
    this.state("ready", "start", this.words.ready);
    this.buttons.start.focus();
    this.watch();
  }

  // watch says what is wrong with the picture while the person gets ready.
  watch() {
    if (this.root.dataset.state !== "ready") return;
    this.hint.textContent = this.seen() || this.words.fit;
    setTimeout(() => this.watch(), 400);
  }

  seen() {
    const grey = luma(this.video);
    const { mean } = light(grey);
    if (mean < DARK) return this.words.light;
    if (mean > BRIGHT) return this.words.bright;
    if (sharpness(grey) < BLURRED) return this.words.sharp;
    return "";
  }

  async run() {
    this.state("running", "");
    const shots = [];
    const total = this.challenge.prompts.reduce((sum, p) => sum + p.millis, 0);
    const every = total / Number(this.root.dataset.frames);
    const began = performance.now();
    let due = every / 2;
    let shown = -1;
    for (let at = 0; at < total && this.root.dataset.state === "running"; at = performance.now() - began) {
      const index = this.promptAt(at);
      if (index !== shown) this.show((shown = index));
      this.ring.setAttribute("stroke-dasharray", `${(100 * at) / total} 100`);
      if (at >= due) {
        shots.push({ at: Math.round(at), prompt: index, blob: grab(this.video, WIDEST, 0.9) });
        due += every;
      }
      await nextFrame();
    }
    if (this.root.dataset.state === "running") await this.finish(shots);
  }

  promptAt(at) {
    let end = 0;
    return this.challenge.prompts.findIndex((p) => at < (end += p.millis));
  }

  show(index) {
    const prompt = this.challenge.prompts[index];
    this.prompt.textContent = prompt.words;
    for (const arrow of this.stage.querySelectorAll(".stage-arrow")) arrow.hidden = arrow.dataset.arrow !== prompt.arrow;
    const step = this.words.step.replace("{n}", index + 1).replace("{of}", this.challenge.prompts.length);
    this.hint.textContent = `${this.seen() || this.words.good} · ${step}`;
    this.speak(prompt.words);
  }

  async finish(shots) {
    const body = new FormData();
    body.append("challenge", this.challenge.id);
    body.append("idempotency_key", this.root.dataset.key);
    body.append("width", this.video.videoWidth);
    body.append("height", this.video.videoHeight);
    for (const [i, shot] of shots.entries()) {
      body.append("at", shot.at);
      body.append("prompt", shot.prompt);
      body.append("frame", await shot.blob, `frame-${String(i).padStart(2, "0")}.jpg`);
    }
    this.close();
    this.stage.hidden = true;
    this.state("sending", "", this.words.done);
    try {
      this.answered(await send(this.root.dataset.post, body, { key: this.root.dataset.key, ...this.upload }));
    } catch {
      this.state("failed", "again");
      this.upload.say(this.words.failed);
    }
  }

  answered(answer) {
    if (answer.next) {
      this.state("sent", "");
      this.upload.say(this.words.sent);
      location.assign(answer.next);
      return;
    }
    this.upload.hide();
    this.state("failed", "again", answer.message || this.words.failed);
  }

  // interrupt: the person looked elsewhere; a capture with a gap would only be refused.
  interrupt() {
    if (this.root.dataset.state !== "running") return;
    this.ring.setAttribute("stroke-dasharray", "0 100");
    for (const arrow of this.stage.querySelectorAll(".stage-arrow")) arrow.hidden = true;
    this.state("ready", "start", this.words.ready);
    this.watch();
  }
}

const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
