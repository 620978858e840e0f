// What a page knows of its camera and of itself. All of it can be made up; the server weighs it and decides nothing by it
// alone.
export async function facts(video, { trusted, unseen }) {
  const track = video.srcObject?.getVideoTracks()[0];
  const settings = track?.getSettings?.() ?? {};
  const devices = (await navigator.mediaDevices.enumerateDevices().catch(() => [])).filter((d) => d.kind === "videoinput");
  return {
    label: track?.label ?? "",
    groupId: settings.groupId ?? "",
    width: settings.width ?? video.videoWidth,
    height: settings.height ?? video.videoHeight,
    frameRate: settings.frameRate ?? 0,
    facing: settings.facingMode ?? "",
    mobile: navigator.userAgentData?.mobile ?? matchMedia("(pointer: coarse)").matches,
    capabilities: track?.getCapabilities?.() ?? null,
    devices: devices.length,
    script: { webdriver: navigator.webdriver === true, trusted, hidden: unseen, native: native() },
  };
}

const native = () =>
  [navigator.mediaDevices.getUserMedia, navigator.mediaDevices.enumerateDevices, CanvasRenderingContext2D.prototype.drawImage].every((f) =>
    Function.prototype.toString.call(f).includes("[native code]"),
  );
