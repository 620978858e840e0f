// Reads prompts aloud, only if the person switched it on and only with a voice that lives on this device: some
// browsers' voices send the words to a server. voice(label) returns speak(text); the label (hidden until now) holds
// the tick box and is shown where such a voice exists.
export function voice(label) {
  const synth = globalThis.speechSynthesis;
  if (!label || !synth) return () => {};
  const box = label.querySelector("input");
  const local = () => synth.getVoices().find((v) => v.localService && v.lang.startsWith(document.documentElement.lang));
  const show = () => (label.hidden = !local());
  show();
  synth.addEventListener?.("voiceschanged", show);
  return (text) => {
    const spoken = local();
    if (!box.checked || !spoken) return;
    const words = new SpeechSynthesisUtterance(text);
    words.voice = spoken;
    synth.cancel();
    synth.speak(words);
  };
}
