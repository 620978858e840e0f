// The command palette: every place of the rail and every element with data-key or data-command on the page, found by
// typing. palette(dialog, sentence for "nothing found") returns what opens it.
export function palette(dialog, nothing) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const says = dialog.querySelector("[data-palette-says]");
  let items = [];
  let shown = [];
  let at = 0;

  function open() {
    items = collect();
    input.value = "";
    filter();
    if (!dialog.open) dialog.showModal();
    input.focus();
  }

  function filter() {
    const wanted = input.value.trim().toLowerCase().split(/\s+/);
    shown = items.filter((item) => wanted.every((word) => item.label.toLowerCase().includes(word)));
    at = 0;
    list.replaceChildren(...shown.map(option));
    says.textContent = shown.length === 0 ? nothing : "";
    mark();
  }

  function option(item, i) {
    const row = document.createElement("div");
    row.setAttribute("role", "option");
    row.id = `palette-${i}`;
    row.append(Object.assign(document.createElement("span"), { textContent: item.label }));
    if (item.key) row.append(Object.assign(document.createElement("kbd"), { textContent: item.key, className: "kbd" }));
    row.addEventListener("click", () => choose(i));
    return row;
  }

  function mark() {
    for (const [i, row] of [...list.children].entries()) row.setAttribute("aria-selected", String(i === at));
    input.setAttribute("aria-activedescendant", shown.length > 0 ? `palette-${at}` : "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }

  function choose(i) {
    const element = shown[i]?.element;
    dialog.close();
    if (!element) return;
    element.focus();
    element.click();
  }

  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") at = Math.min(shown.length - 1, at + 1);
    else if (event.key === "ArrowUp") at = Math.max(0, at - 1);
    else if (event.key === "Enter") choose(at);
    else return;
    event.preventDefault();
    mark();
  });
  return open;
}

function collect() {
  const items = [];
  for (const element of document.querySelectorAll("[data-key], [data-command]")) {
    if (element.disabled || !element.checkVisibility()) continue;
    items.push({ label: element.dataset.command || (element.querySelector("span") ?? element).textContent.trim(), key: element.dataset.key, element });
  }
  for (const place of document.querySelectorAll("[data-places] a.place")) {
    items.push({ label: place.querySelector("span").textContent, element: place });
  }
  return items;
}
