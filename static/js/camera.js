// The camera and what a live picture tells at once: is it bright enough, is it sharp. Only hints for the person are
// made here; every decision is the server's.

export class CameraProblem extends Error {
  // kind is "denied", "none" or "busy": the name of the sentence to show.
  constructor(kind) {
    super(kind);
    this.kind = kind;
  }
}

// openCamera starts the camera into a <video> and returns what stops it.
export async function openCamera(video, constraints) {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraProblem("none");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: constraints });
  } catch (error) {
    throw new CameraProblem({ NotAllowedError: "denied", SecurityError: "denied", NotReadableError: "busy", AbortError: "busy" }[error.name] ?? "none");
  }
  video.srcObject = stream;
  await video.play();
  return () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
}

// grab draws the video as it is now (not mirrored), at most `widest` pixels wide, and encodes a JPEG.
export function grab(video, widest, quality = 0.92) {
  const scale = Math.min(1, widest / video.videoWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", quality));
}

const PATCH = { width: 240, height: 180 };
const canvas = document.createElement("canvas");

// luma takes the middle of the picture at its own resolution, as grey values 0..255.
export function luma(video, width = PATCH.width, height = PATCH.height, whole = false) {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const w = whole ? video.videoWidth : Math.min(width, video.videoWidth);
  const h = whole ? video.videoHeight : Math.min(height, video.videoHeight);
  context.drawImage(video, (video.videoWidth - w) / 2, (video.videoHeight - h) / 2, w, h, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2];
  return grey;
}

// light is the mean grey value; blown is the share of nearly white pixels.
export function light(grey) {
  let sum = 0;
  let white = 0;
  for (const v of grey) {
    sum += v;
    if (v > 250) white++;
  }
  return { mean: sum / grey.length, blown: white / grey.length };
}

// sharpness is the variance of the Laplacian: low in a blurred picture.
export function sharpness(grey, width = PATCH.width) {
  let sum = 0;
  let squares = 0;
  let n = 0;
  const height = grey.length / width;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const v = grey[i - 1] + grey[i + 1] + grey[i - width] + grey[i + width] - 4 * grey[i];
      sum += v;
      squares += v * v;
      n++;
    }
  }
  return squares / n - (sum / n) ** 2;
}
