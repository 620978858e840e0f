// post sends a small request of a running capture: a form, or an object as JSON. A lost connection is tried again with
// the same words, to which the server gives the same answer. What the server refuses is thrown as a Reply.
export class Reply extends Error {}

const WAITS = [300, 700, 1500, 3000, 6000]; // ms between tries
const GATEWAY = new Set([502, 503, 504]);

export async function post(url, body, stands = () => true) {
  const form = body instanceof URLSearchParams;
  for (let tries = 0; ; tries++) {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { Accept: "application/json", ...(form ? {} : { "Content-Type": "application/json" }) },
        body: form ? body : JSON.stringify(body),
      });
      if (answer.ok) return await answer.json();
      if (!GATEWAY.has(answer.status)) throw new Reply((await answer.json().catch(() => ({}))).message ?? "");
    } catch (error) {
      if (error instanceof Reply || tries >= WAITS.length || !stands()) throw error;
    }
    if (tries >= WAITS.length) throw new Error("connection lost");
    await new Promise((done) => setTimeout(done, WAITS[tries]));
  }
}
