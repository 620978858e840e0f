// The coloured light of the screen: one colour after the other over the whole page, each for the same time. It ends
// at once when the capture does. At most one change in half a second is asked for by the server, and none is saturated
// red (WCAG 2.3.1).
export async function shine(lamp, root, colours, millis, stands) {
  const began = performance.now();
  for (const [i, colour] of colours.entries()) {
    while (performance.now() - began < i * millis) {
      if (!stands()) return dark(lamp, root);
      await nextFrame();
    }
    lamp.style.backgroundColor = colour;
    lamp.hidden = false;
    root.dataset.shade = colour;
  }
  while (performance.now() - began < colours.length * millis && stands()) await nextFrame();
  dark(lamp, root);
}

function dark(lamp, root) {
  lamp.hidden = true;
  delete root.dataset.shade;
}

const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
