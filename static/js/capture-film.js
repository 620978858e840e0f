// The pictures of one capture: grabbed from the video at 15 a second, each with its time and its SHA-256.
import { grab } from "./camera.js";

const RATE = 15; // pictures a second
const WIDE = 640; // pixels across, of an upright picture 480
const UPRIGHT = 480;
const QUALITY = 0.85;
const STILL = { widest: 4096, quality: 0.92 };

export class Film {
  constructor(video, most) {
    this.video = video;
    this.most = most - 1; // the one of full size counts too
    this.shots = [];
    this.shown = [];
    this.promised = 0;
    this.stillPromised = false;
    this.running = false;
    this.canvas = document.createElement("canvas");
  }

  start() {
    this.began = performance.now();
    this.due = 0;
    this.running = true;
    const next = this.video.requestVideoFrameCallback
      ? (look) => this.video.requestVideoFrameCallback(look)
      : (look) => requestAnimationFrame(look);
    const look = (now) => {
      if (!this.running) return;
      this.look(now);
      next(look);
    };
    next(look);
  }

  stop() {
    this.running = false;
  }

  // look takes a picture when one is due. A camera of 30 a second gives every second one.
  look(now) {
    const at = now - this.began;
    if (at < 0 || at < this.due - 8 || this.shots.length >= this.most || !this.video.videoWidth) return;
    this.due = Math.max(this.due + 1000 / RATE, at + 500 / RATE);
    const shot = { at: Math.round(at) };
    shot.blob = this.take();
    shot.hash = shot.blob.then(hashOf);
    this.shots.push(shot);
  }

  take() {
    const { videoWidth: w, videoHeight: h } = this.video;
    const scale = Math.min(1, (w >= h ? WIDE : UPRIGHT) / w);
    this.canvas.width = Math.round(w * scale);
    this.canvas.height = Math.round(h * scale);
    this.canvas.getContext("2d").drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    return new Promise((resolve, reject) => this.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", QUALITY));
  }

  // show notes that a step is shown from now on and returns the moment.
  show(step) {
    const now = step === 0 ? this.began : performance.now();
    this.shown.push(Math.round(now - this.began));
    return now;
  }

  // still takes one picture at the camera's full size after a while.
  still(after) {
    setTimeout(() => {
      if (!this.running) return;
      const blob = grab(this.video, STILL.widest, STILL.quality);
      this.large = { at: Math.round(performance.now() - this.began), blob, hash: blob.then(hashOf) };
    }, after);
  }

  // promise gives the hashes of every picture since it was asked last.
  async promise() {
    const fresh = this.shots.slice(this.promised);
    this.promised = this.shots.length;
    const hashes = fresh.map((shot) => shot.hash);
    if (this.large && !this.stillPromised) {
      this.stillPromised = true;
      hashes.push(this.large.hash);
    }
    return Promise.all(hashes);
  }

  async form() {
    const body = new FormData();
    for (const at of this.shown) body.append("shown", at);
    for (const [i, shot] of this.shots.slice(0, this.promised).entries()) {
      body.append("at", shot.at);
      body.append("frame", await shot.blob, `frame-${String(i).padStart(3, "0")}.jpg`);
    }
    if (this.stillPromised) body.append("still", await this.large.blob, "still.jpg");
    return body;
  }
}

async function hashOf(blob) {
  const sum = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
