// Runs face-api itself on raw pixels, so that the Go code can be compared with it.
//
//   node scripts/golden/face.mjs < request.json > answer.json
//
// request: {"pictures": [{"file": "a.rgb", "width": 640, "height": 480}], "side": 416, "score": 0.4, "repeat": 1}
//          a file holds width * height * 3 bytes: red, green, blue.
// answer:  {"backend": "wasm", "pictures": [{"milliseconds": 12.3, "faces": [{"box": {...}, "score": 0.9,
//          "landmarks": [[x, y], ...], "descriptor": [...]}]}]}
// milliseconds is the least time of `repeat` runs from pixels to descriptors.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const faceapi = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
const { tf } = faceapi;
const models = path.join(path.dirname(require.resolve('@vladmandic/face-api/package.json')), 'model');

function log(message) {
  process.stderr.write(`${message}\n`);
}

async function load() {
  console.log = log; // the packages greet on stdout, where the answer goes
  const wasm = require('@tensorflow/tfjs-backend-wasm');
  wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  await faceapi.nets.tinyFaceDetector.loadFromDisk(models);
  await faceapi.nets.faceLandmark68Net.loadFromDisk(models);
  await faceapi.nets.faceRecognitionNet.loadFromDisk(models);
}

async function describe(pixels, width, height, options) {
  const picture = tf.tensor3d(pixels, [height, width, 3], 'int32');
  const found = await faceapi.detectAllFaces(picture, options).withFaceLandmarks().withFaceDescriptors();
  picture.dispose();
  return found;
}

function answer(found) {
  return found.map((f) => ({
    box: { x: f.detection.box.x, y: f.detection.box.y, width: f.detection.box.width, height: f.detection.box.height },
    score: f.detection.score,
    landmarks: f.landmarks.positions.map((p) => [p.x, p.y]),
    descriptor: Array.from(f.descriptor),
  }));
}

const request = JSON.parse(readFileSync(0, 'utf8'));
await load();
const options = new faceapi.TinyFaceDetectorOptions({ inputSize: request.side, scoreThreshold: request.score });
const pictures = [];
for (const p of request.pictures) {
  const pixels = new Uint8Array(readFileSync(p.file));
  let milliseconds = Infinity;
  let found = [];
  for (let i = 0; i < (request.repeat ?? 1); i += 1) {
    const start = performance.now();
    found = await describe(pixels, p.width, p.height, options);
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  pictures.push({ milliseconds, faces: answer(found) });
}
process.stdout.write(JSON.stringify({ backend: tf.getBackend(), pictures }));
