// The coloured light of the screen: one colour after the other over the whole page, each for the same time. It ends
// at once when the capture does. At most one change in half a second is asked for by the server, and none is saturated
// red (WCAG 2.3.1).
export async function shine(lamp, root, colours, millis, stands) {
  const began = performance.now();
  for (const [i, colour] of colours.entries()) {
    if (!(await until(began + i * millis, stands))) return dark(lamp, root);
    lamp.style.backgroundColor = colour;
    lamp.hidden = false;
    root.dataset.shade = colour;
  }
  await until(began + colours.length * millis, stands);
  dark(lamp, root);
}

// until waits for a moment; false when the capture was broken off.
async function until(moment, stands) {
  for (let left; (left = moment - performance.now()) > 0; ) {
    if (!stands()) return false;
    await new Promise((done) => setTimeout(done, Math.min(left, 50)));
  }
  return stands();
}

function dark(lamp, root) {
  lamp.hidden = true;
  delete root.dataset.shade;
}
