// A short tone, only if the person switched it on. tone(label) returns beep(); the label holds the tick box.
export function tone(label) {
  const box = label?.querySelector("input");
  let context;
  return () => {
    if (!box?.checked) return;
    context ??= new AudioContext();
    const sound = new OscillatorNode(context, { frequency: 660 });
    const volume = new GainNode(context, { gain: 0.15 });
    sound.connect(volume).connect(context.destination);
    sound.start();
    volume.gain.setTargetAtTime(0, context.currentTime + 0.08, 0.03);
    sound.stop(context.currentTime + 0.3);
  };
}
