// Starts the behaviours that a page asks for. An element names its modules in data-module="zoom keys"; each is
// ./NAME.js and exports mount(element), called once an element, also for what htmx or a stream brings in later.
import { polyfillCommands } from "./dialog.js";

const mounted = new WeakMap();

async function mountOne(element, name) {
  const names = mounted.get(element) ?? new Set();
  if (names.has(name)) return;
  mounted.set(element, names.add(name));
  try {
    const module = await import(`./${name}.js`);
    module.mount(element);
  } catch (error) {
    console.error(`module ${name}:`, error);
  }
}

function mountAll(root) {
  if (!(root instanceof Element || root instanceof Document)) return;
  const found = [...root.querySelectorAll("[data-module]")];
  if (root instanceof Element && root.matches("[data-module]")) found.unshift(root);
  for (const element of found) {
    for (const name of element.dataset.module.split(/\s+/)) {
      if (/^[a-z][a-z-]*$/.test(name)) mountOne(element, name);
    }
  }
}

polyfillCommands();
mountAll(document);
new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(mountAll);
}).observe(document.documentElement, { childList: true, subtree: true });
