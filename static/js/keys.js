// data-module="keys" (kit.Palette): the console by keyboard.
//   j k           walk the rows of table[data-rows], or press the element with data-key "j" or "k" where a page has one
//   enter         opens the row (tr[data-href])
//   any letter    presses the visible element with that data-key (a approve, r refuse, c claim ...)
//   /             goes to the search box ([data-search])
//   ? and Ctrl+K  the list of keys, and the palette of every place and action on the page
// Single letters can be switched off in the list of keys (WCAG 2.1.4); the choice stays in this browser.
import { palette } from "./palette.js";

const STORE = "truepenny-single-keys";

export function mount(root) {
  const words = root.dataset;
  const help = document.getElementById("keys-help");
  const single = help.querySelector("[data-keys-single]");
  const open = palette(document.getElementById("palette"), words.wordNone);
  single.checked = stored();
  single.addEventListener("change", () => store(single.checked));

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
      return;
    }
    if (!single.checked || event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
    const act = actionFor(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  });

  function actionFor(key) {
    if (key === "?") return () => showHelp(help, words);
    const own = [...document.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key && usable(e));
    if (own) return () => press(own);
    const rows = [...document.querySelectorAll("table[data-rows] tbody tr[data-href]")];
    if (rows.length > 0 && (key === "j" || key === "k")) return () => walk(rows, key === "j" ? 1 : -1);
    const at = document.querySelector("tr[data-at]");
    if (key === "Enter" && at && !document.activeElement.matches("a, button, summary")) return () => location.assign(at.dataset.href);
    const search = document.querySelector("[data-search]");
    if (key === "/" && search) return () => search.focus();
    return null;
  }
}

// busy: the person writes, or a dialog is open and has its own keys.
function busy(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") || document.querySelector("dialog[open]");
}

const usable = (element) => !element.disabled && element.checkVisibility();

function press(element) {
  element.focus();
  if (!element.matches("input, textarea, select")) element.click();
}

function walk(rows, step) {
  const now = rows.findIndex((row) => row.hasAttribute("data-at"));
  const row = rows[Math.min(rows.length - 1, Math.max(0, now + step))];
  for (const r of rows) r.removeAttribute("data-at");
  row.setAttribute("data-at", "");
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("a.row-link")?.focus({ preventScroll: true });
}

function showHelp(dialog, words) {
  const list = dialog.querySelector("[data-keys-list]");
  const lines = [];
  if (document.querySelector("table[data-rows]")) lines.push(["j", words.wordNext], ["k", words.wordPrevious], ["enter", words.wordOpen]);
  if (document.querySelector("[data-search]")) lines.push(["/", words.wordSearch]);
  for (const e of document.querySelectorAll("[data-key]")) if (usable(e)) lines.push([e.dataset.key, wordsOf(e)]);
  lines.push(["Ctrl K", words.wordPalette], ["?", words.wordHelp]);
  list.replaceChildren(...lines.map(([key, text]) => line(key, text)));
  dialog.showModal();
}

// wordsOf leaves out the key that is drawn on the element itself.
function wordsOf(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd").forEach((k) => k.remove());
  return copy.textContent.trim() || element.getAttribute("aria-label") || element.placeholder || "";
}

function line(key, text) {
  const row = document.createElement("div");
  const term = document.createElement("dt");
  const cap = document.createElement("kbd");
  const meaning = document.createElement("dd");
  cap.className = "kbd";
  cap.textContent = key;
  meaning.textContent = text;
  term.append(cap);
  row.append(term, meaning);
  return row;
}

function stored() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}

function store(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // a browser that keeps nothing: the choice holds for this page
  }
}
