// data-module="capture-face": the guided capture (kit.CaptureFace draws its parts).
//   data-start       where a capture begins: POST light=yes|no -> {first, steps, maxFrames, post, ask}
//   #capture-words   JSON of every sentence that is said here; prompts bring theirs with them
// The prompts come one by one: each is asked for (POST ask {step, hashes}) with the SHA-256 of every picture taken so
// far, so that no picture can be made before its prompt is known nor be made up later. At the end all pictures go to
// `post`; the server alone judges them.
// data-state tells where it stands: idle, asking, ready, running, sending, sent, failed; while it runs, data-prompt and
// data-step name the prompt and data-shade the colour of the screen. Nothing opens before the person presses Open. The
// way without a camera stays in sight.
import { CameraProblem, light, luma, openCamera, sharpness } from "./camera.js";
import { facts } from "./capture-facts.js";
import { Film } from "./capture-film.js";
import { shine } from "./capture-light.js";
import { Reply, post } from "./capture-post.js";
import { tone } from "./tone.js";
import { newKey, send, uploadView } from "./upload.js";
import { voice } from "./voice.js";

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
    this.stage = part("stage");
    this.video = this.stage.querySelector("video");
    this.says = part("says");
    this.hint = part("hint");
    this.ring = part("ring");
    this.dots = part("dots");
    this.lamp = part("lamp");
    this.choice = part("choice");
    this.pictures = [...root.querySelectorAll("[data-gesture]")];
    this.buttons = { open: part("open"), start: part("start"), again: part("again") };
    this.upload = uploadView(root, this.words);
    this.speak = voice(part("voice"));
    this.beep = tone(part("tone"));
    this.close = () => {};
    this.run = 0; // number of the capture that runs; a newer one ends an older one
    this.unseen = 0;
    this.buttons.open.addEventListener("click", () => this.open());
    this.buttons.start.addEventListener("click", (event) => this.begin(event.isTrusted));
    this.buttons.again.addEventListener("click", () => location.reload());
    part("stop").addEventListener("click", () => this.interrupt());
    addEventListener("keydown", (event) => event.key === "Escape" && this.interrupt());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) return;
      this.unseen++;
      this.interrupt();
    });
    addEventListener("pagehide", () => this.close());
    const dark = this.choice?.querySelector("input");
    if (dark && matchMedia("(prefers-reduced-motion: reduce)").matches) dark.checked = true;
  }

  state(name, button, text) {
    this.root.dataset.state = name;
    for (const [key, element] of Object.entries(this.buttons)) element.hidden = key !== button;
    if (this.choice) this.choice.hidden = !["idle", "asking", "ready"].includes(name);
    this.dots.hidden = name !== "running";
    if (text) this.says.textContent = text;
  }

  idle() {
    this.state("idle", "open");
  }

  async open() {
    this.state("asking", "", this.words.asking);
    try {
      this.close = await openCamera(this.video, { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 960 }, frameRate: { ideal: 30 } });
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

  async begin(trusted) {
    const run = ++this.run;
    this.buttons.start.hidden = true;
    const dark = this.choice ? this.choice.querySelector("input").checked : true;
    try {
      const start = await post(this.root.dataset.start, new URLSearchParams({ light: dark ? "no" : "yes" }));
      if (run !== this.run || this.root.dataset.state !== "ready") return;
      this.state("running", "");
      this.mark(start.steps);
      const film = new Film(this.video, start.maxFrames);
      try {
        if (await this.follow(start, film, run)) await this.finish(start, film, trusted);
      } finally {
        film.stop();
        this.rest();
      }
    } catch (error) {
      if (run !== this.run) return;
      this.rest();
      this.stage.hidden = true;
      this.close();
      this.state("failed", "again", error instanceof Reply ? error.message : this.words.failed);
    }
  }

  // follow shows one step after the other; false when the person broke it off.
  async follow(start, film, run) {
    const stands = () => run === this.run && this.root.dataset.state === "running";
    film.start();
    for (let step = start.first; !step.done; ) {
      const began = film.show(step.step);
      this.show(step, start.steps);
      const lamp = step.light && shine(this.lamp, this.root, step.light, step.shadeMillis, stands);
      if (step.step === 0) film.still(step.millis * 0.6);
      await this.until(began, step, start.steps, stands);
      await lamp;
      if (!stands()) return false;
      if (step.step === start.steps - 1) film.stop();
      step = await post(start.ask, { step: step.step + 1, hashes: await film.promise() }, stands);
      if (!stands()) return false;
    }
    return true;
  }

  // until waits for the end of a step and moves the ring meanwhile, ten times a second: drawing it more often takes time
  // from taking pictures.
  async until(began, step, steps, stands) {
    for (;;) {
      const at = performance.now() - began;
      this.ring.setAttribute("stroke-dasharray", `${(100 * (step.step + Math.min(1, at / step.millis))) / steps} 100`);
      if (at >= step.millis || !stands()) return;
      await pause(Math.min(100, step.millis - at));
    }
  }

  // mark draws a dot for each step.
  mark(steps) {
    this.dots.replaceChildren(...Array.from({ length: steps }, () => document.createElement("li")));
  }

  show(step, steps) {
    this.root.dataset.prompt = step.prompt;
    this.root.dataset.step = step.step;
    this.says.textContent = step.words;
    for (const picture of this.pictures) picture.hidden = picture.dataset.gesture !== step.prompt;
    for (const [i, dot] of [...this.dots.children].entries()) {
      dot.dataset.state = i < step.step ? "done" : i === step.step ? "now" : "";
    }
    const count = this.words.step.replace("{n}", step.step + 1).replace("{of}", steps);
    this.hint.textContent = `${this.seen() || this.words.good} · ${count}`;
    this.beep();
    this.speak(step.words);
  }

  // rest takes away what only a running capture shows.
  rest() {
    delete this.root.dataset.prompt;
    delete this.root.dataset.step;
    for (const picture of this.pictures) picture.hidden = true;
    this.lamp.hidden = true;
    this.ring.setAttribute("stroke-dasharray", "0 100");
  }

  async finish(start, film, trusted) {
    const body = await film.form();
    body.append("idempotency_key", newKey());
    body.append("facts", JSON.stringify(await facts(this.video, { trusted, unseen: this.unseen })));
    this.close();
    this.stage.hidden = true;
    this.state("sending", "", this.words.done);
    try {
      this.answered(await send(start.post, body, { key: body.get("idempotency_key"), ...this.upload }));
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

  // interrupt: the person looked elsewhere or wants no more; a capture with a gap would only be refused.
  interrupt() {
    if (this.root.dataset.state !== "running") return;
    this.run++;
    this.rest();
    this.state("ready", "start", this.words.ready);
    this.watch();
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
