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
