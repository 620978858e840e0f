// data-module="upload-form" on a form with one large file: shows how much of it has been sent. The answer is the page that
// the form would have led to. Without script, or when something is odd, the browser sends the form itself.
export function mount(form) {
  const [state, bar] = [form.querySelector("[data-upload]"), form.querySelector("[data-upload-bar]")];
  let sending = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || sending || !navigator.onLine) return;
    event.preventDefault();
    sending = true;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.onprogress = (e) => {
      state.hidden = false;
      if (e.lengthComputable) bar.value = e.loaded / e.total;
    };
    request.onload = () => arrived(request);
    request.onerror = () => {
      state.hidden = true;
      form.submit();
    };
    request.send(new FormData(form));
  });
}

// arrived goes where the form led to; a form that came back with errors takes the place of this one.
function arrived(request) {
  if (request.status < 300) return location.assign(request.responseURL);
  const main = request.response?.querySelector("main");
  if (main) document.querySelector("main").replaceWith(document.adoptNode(main));
}
