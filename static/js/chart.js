// data-module="chart" around a server-drawn chart: a slider walks its points (data-points: [[x, y, text], ...] in the
// drawing's own units), and so does the pointer on the drawing. Without script the table beside it says the same.
export function mount(root) {
  const points = JSON.parse(root.dataset.points);
  const [svg, here] = [root.querySelector("svg"), root.querySelector("[data-chart-here]")];
  const [tools, slider] = [root.querySelector("[data-chart-tools]"), root.querySelector("[data-chart-at]")];
  if (!points.length || !slider) return;
  const says = tools.querySelector("output");
  tools.hidden = false;

  function show(i) {
    const [x, y, text] = points[i];
    here.setAttribute("cx", x);
    here.setAttribute("cy", y);
    here.setAttribute("visibility", "visible");
    says.textContent = text;
  }
  slider.addEventListener("input", () => show(Number(slider.value)));
  svg.addEventListener("pointermove", (event) => {
    const box = svg.getBoundingClientRect();
    const scale = 480 / box.width;
    const [x, y] = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    let [best, least] = [0, Infinity];
    points.forEach(([px, py], i) => {
      const far = (px - x) ** 2 + (0.25 * (py - y)) ** 2;
      if (far < least) [best, least] = [i, far];
    });
    slider.value = best;
    show(best);
  });
}
