// data-module="picks" on a table: [data-picks-all] in its head ticks every [data-pick] of its rows; the form with
// data-picks-bar that the ticks belong to (attribute form) shows how many ([data-picks-count]) and hides at none.
export function mount(table) {
  const all = table.querySelector("[data-picks-all]");
  const picks = () => [...table.querySelectorAll("[data-pick]")];
  const show = () => {
    const ticked = picks().filter((box) => box.checked);
    all.checked = ticked.length > 0 && ticked.length === picks().length;
    all.indeterminate = ticked.length > 0 && !all.checked;
    const bar = picks()[0]?.form;
    if (!bar?.matches("[data-picks-bar]")) return;
    bar.hidden = ticked.length === 0;
    bar.querySelector("[data-picks-count]").textContent = String(ticked.length);
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of picks()) box.checked = all.checked;
    show();
  });
  table.addEventListener("change", (event) => {
    if (event.target.matches("[data-pick]")) show();
  });
  show();
}
