// data-module="need" on the small form of the drill: what a gallery of n people asks of a network, worked out while the
// number is typed. Without script the form sends itself and the server says the same.
const SHARE = 1 / 1000; // of searches that may name a wrong person (NIST SP 800-63A-4, 3.11)

export function mount(form) {
  const input = form.querySelector("input");
  const [text, alarms] = [form.querySelector("[data-need-text]"), form.querySelector("[data-need-alarms]")];
  const measured = Number(form.dataset.fmr);
  form.querySelector("[data-need-apply]")?.setAttribute("hidden", "");
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("input", () => {
    const n = Number(input.value.replace(/[\s,.']/g, ""));
    if (!Number.isInteger(n) || n < 1 || n > 1e9) return;
    const needed = -Math.expm1(Math.log1p(-SHARE) / n);
    text.textContent = form.dataset.need.replace("{n}", n.toLocaleString("en")).replace("{in}", oneIn(needed));
    if (measured > 0) {
      const per = -Math.expm1(n * Math.log1p(-measured)) * 1000;
      alarms.textContent = form.dataset.alarms.replace("{per}", per >= 999.95 ? "1,000" : per.toFixed(1).replace(/\.0$/, ""));
    }
  });
}

// oneIn keeps two digits that mean something, as the server does.
function oneIn(rate) {
  const n = 1 / rate;
  const step = 10 ** (Math.floor(Math.log10(n)) - 1);
  return `1 in ${(Math.round(n / step) * step).toLocaleString("en")}`;
}
