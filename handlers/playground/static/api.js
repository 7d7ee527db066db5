// Talking to the playground's server.

async function read(response) {
  const told = await response.json();
  if (!response.ok) throw new Error(told.error ?? "The playground did not take this.");
  return told;
}

/** What one person sees; with `after`, the server waits until there is news. */
export async function state(who, where, after, signal) {
  const query = new URLSearchParams({ as: who, at: where });
  if (after !== null) query.set("after", after);
  return read(await fetch(`/playground/api/state?${query}`, { signal }));
}

/** The server takes a file in pieces of this many bytes. */
const PIECE = 8_000_000;

/** Writes a message with a file in a person's name. */
export async function share(asked, file) {
  let id = "";
  for (let from = 0; from < file.size; from += PIECE) {
    const body = await file
      .slice(from, from + PIECE)
      .arrayBuffer()
      .catch(() => {
        throw new Error(`${file.name} cannot be read any more: attach it again.`);
      });
    ({ id } = await read(await fetch(`/playground/files?${new URLSearchParams({ to: id })}`, { method: "POST", body })));
  }
  return send("share", { ...asked, file: id, name: file.name });
}

/** Does something in a person's name. */
export async function send(deed, asked) {
  return read(
    await fetch(`/playground/api/${deed}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked),
    }),
  );
}
