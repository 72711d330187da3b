// What waits for the network: answers and receipts, kept on this device until the town has them.
// Shared by pages and the service worker; every entry has a name, so that it counts only once.
const OUTBOX = { name: "nenrin", version: 1, tag: "nenrin-outbox", patience: 30_000 };

function openStore() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(OUTBOX.name, OUTBOX.version);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("outbox", { keyPath: "id" });
      opening.result.createObjectStore("letters", { keyPath: "id" });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function inStore(store, mode, work) {
  const database = await openStore();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const asked = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

const keepLetter = (letter) => inStore("letters", "readwrite", (store) => store.put(letter));
const keptLetters = () => inStore("letters", "readonly", (store) => store.getAll());
const forgetLetters = () => inStore("letters", "readwrite", (store) => store.clear());
const waitingEntries = () => inStore("outbox", "readonly", (store) => store.getAll());
const dropEntry = (id) => inStore("outbox", "readwrite", (store) => store.delete(id));
const forgetOutbox = () => inStore("outbox", "readwrite", (store) => store.clear());

// Keep an entry {id, url, body, at}.
const storeEntry = (entry) => inStore("outbox", "readwrite", (store) => store.put(entry));

// Keep an entry, and ask the browser to wake the worker when the network returns.
async function keepEntry(entry) {
  await storeEntry(entry);
  await wakeWithNetwork();
}

async function wakeWithNetwork() {
  const registration = self.registration ?? (await navigator.serviceWorker?.getRegistration("/"));
  try {
    await registration?.sync?.register(OUTBOX.tag);
  } catch {
    // No Background Sync here: the next page, or the network's return, sends it.
  }
}

// One sender at a time, pages and worker together: the town hears things in the order they were said.
const inTurn = (work) => (navigator.locks ? navigator.locks.request(OUTBOX.tag, work) : work());

// Resolves to the town's reply, the entry forgotten; rejects while nobody there can take it.
async function sendEntry(entry) {
  const reply = await fetch(entry.url, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: entry.body,
    signal: AbortSignal.timeout?.(OUTBOX.patience),
  });
  if (reply.status >= 500 || reply.status === 429) throw new Error(`status ${reply.status}`);
  // An entry that cannot be dropped is sent again, and counts only once.
  await dropEntry(entry.id).catch(() => undefined);
  return reply;
}

// Send all that waits, oldest first. Resolves to the entries the town took or will never take;
// rejects while there is no network.
function sendWaiting() {
  return inTurn(async () => {
    const settled = [];
    const waiting = (await waitingEntries()).sort((a, b) => a.at - b.at);
    for (const entry of waiting) {
      const reply = await sendEntry(entry);
      settled.push({ ...entry, taken: reply.ok });
    }
    return settled;
  });
}
