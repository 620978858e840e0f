// data-module="theme": a label (hidden until now) with a <select> of "" (as on this device), "paper", "ink". The choice
// is kept in the cookie "theme" for a year, so that the server draws the next page in it; nothing else reads it.
export function mount(element) {
  const select = element.querySelector("select");
  select.value = chosen();
  apply(select.value);
  element.hidden = false;
  select.addEventListener("change", () => {
    const age = select.value ? 31536000 : 0;
    document.cookie = `theme=${select.value}; Path=/; Max-Age=${age}; SameSite=Lax`;
    apply(select.value);
  });
}

function chosen() {
  const found = document.cookie.match(/(?:^|;\s*)theme=(paper|ink)(?:;|$)/);
  return found ? found[1] : "";
}

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
