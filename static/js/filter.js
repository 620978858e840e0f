// data-module="filter" on a GET form: sends itself when a choice changes and, a little after, while the person types;
// the apply button then goes. Empty values are left out of the address. With hx-get on the form htmx does the sending.
const PAUSE = 300; // ms after the last letter

export function mount(form) {
  let timer = 0;
  const send = () => {
    clearTimeout(timer);
    form.requestSubmit();
  };
  form.querySelector("[data-filter-apply]")?.setAttribute("hidden", "");
  form.addEventListener("change", (event) => {
    if (event.target.type !== "search") send();
  });
  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    clearTimeout(timer);
    timer = setTimeout(send, form.hasAttribute("hx-get") ? PAUSE : 2 * PAUSE);
  });
  form.addEventListener("formdata", (event) => {
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "") event.formData.delete(name);
    }
  });
}
