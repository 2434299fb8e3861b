// Talks with the server of this page. An answer that is no success becomes an Error with Japanese words.

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", ...options });
  } catch {
    throw new Error("予行演習のプログラムにつながりません。止まっていないか、お確かめください。");
  }
  const body = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(body?.message ?? `うまくいきませんでした（${answer.status}）。`);
  return body;
}

/** Reads. */
export function get(path) {
  return ask(path);
}

/** Does something. */
export function post(path, body) {
  return ask(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** The address of a person's view, or of a channel in it. */
export function address(person, channel, act) {
  const parts = ["/api/people", person];
  if (channel) parts.push("channels", channel);
  if (act) parts.push(act);
  return parts.join("/");
}
