// Does a document lie along the outline? Along each of its four sides the picture must change across the line more
// than it does elsewhere. A hint only: a document on a table of its own colour may fit without being noticed.
import { luma } from "./camera.js";

const SIZE = { width: 160, height: 120 };
const EDGE = 14; // grey values across the line
const SHARE = 0.4; // of a side's points that must show an edge

// fit reads the outline's box from its own SVG, whose view is 600 x 450 and covers the stage as the video does.
export function fit(video, outline) {
  const grey = luma(video, SIZE.width, SIZE.height, true);
  const box = inVideo(outline.getBBox(), video);
  const sides = [
    line(box.x, box.y, box.x + box.width, box.y),
    line(box.x, box.y + box.height, box.x + box.width, box.y + box.height),
    line(box.x, box.y, box.x, box.y + box.height),
    line(box.x + box.width, box.y, box.x + box.width, box.y + box.height),
  ];
  return sides.filter((points, i) => share(grey, points, i < 2) >= SHARE).length >= 3;
}

// inVideo turns the outline's box into shares of the whole video picture, of which the 4:3 stage shows the middle.
function inVideo(box, video) {
  const ratio = video.videoWidth / video.videoHeight / (4 / 3);
  const [sx, sy] = ratio > 1 ? [1 / ratio, 1] : [1, ratio];
  const x = (v) => 0.5 + (v / 600 - 0.5) * sx;
  const y = (v) => 0.5 + (v / 450 - 0.5) * sy;
  return { x: x(box.x), y: y(box.y), width: x(box.x + box.width) - x(box.x), height: y(box.y + box.height) - y(box.y) };
}

function line(x0, y0, x1, y1) {
  const points = [];
  for (let i = 2; i <= 18; i++) points.push([x0 + ((x1 - x0) * i) / 20, y0 + ((y1 - y0) * i) / 20]);
  return points;
}

// share counts the points near which (4 pixels either way) the picture changes across the line.
function share(grey, points, level) {
  const step = level ? SIZE.width : 1;
  let hits = 0;
  for (const [px, py] of points) {
    const at = Math.round(py * (SIZE.height - 1)) * SIZE.width + Math.round(px * (SIZE.width - 1));
    let most = 0;
    for (let d = -4; d <= 4; d++) {
      const a = grey[at + (d - 1) * step];
      const b = grey[at + (d + 1) * step];
      if (a !== undefined && b !== undefined) most = Math.max(most, Math.abs(a - b));
    }
    if (most >= EDGE) hits++;
  }
  return hits / points.length;
}
