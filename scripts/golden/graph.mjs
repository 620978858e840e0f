// Runs graph models of @vladmandic/human on raw values, so that the networks
// that the Go code writes can be compared with them.
//
//   node scripts/golden/graph.mjs < request.json > answer.json
//
// request: {"models": [{"name": "facemesh", "file": "a.f32", "shape": [1, 192, 192, 3], "outputs": ["Identity"], "input": "node"}]}
//          input names a node that is fed instead of the model's own input, if any;
//          a file holds float32 values, little-endian, in the order of the shape.
// answer:  {"backend": "wasm", "models": [{"outputs": [{"shape": [1, 1404], "values": [...]}]}]}
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
console.log = (message) => process.stderr.write(`${message}\n`); // the packages greet on stdout, where the answer goes
console.warn = console.log;
const tf = require('@tensorflow/tfjs');
const wasm = require('@tensorflow/tfjs-backend-wasm');
const models = path.join(path.dirname(require.resolve('@vladmandic/human')), '..', 'models');

function load(name) {
  const description = JSON.parse(readFileSync(path.join(models, `${name}.json`), 'utf8'));
  const data = readFileSync(path.join(models, `${name}.bin`));
  return tf.loadGraphModel({
    load: async () => ({
      ...description,
      weightSpecs: description.weightsManifest.flatMap((group) => group.weights),
      weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength),
    }),
  });
}

function floats(file) {
  const raw = readFileSync(file);
  return new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));
}

wasm.setThreadsCount(1);
await tf.setBackend('wasm');
await tf.ready();
const answer = [];
for (const { name, file, shape, outputs, input } of JSON.parse(readFileSync(0, 'utf8')).models) {
  const model = await load(name);
  const values = tf.tensor(floats(file), shape);
  const results = await model.executeAsync(input ? { [input]: values } : values, outputs);
  answer.push({
    outputs: [results].flat().map((r) => ({ shape: r.shape, values: Array.from(r.dataSync()) })),
  });
}
process.stdout.write(JSON.stringify({ backend: tf.getBackend(), models: answer }));
