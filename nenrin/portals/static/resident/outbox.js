// What waits for the network: answers and receipts, kept on this device until the town has them.
// Shared by pages and the service worker; every entry has a name, so that it counts only once.
const OUTBOX = { name: "nenrin", version: 1, tag: "nenrin-outbox" };

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

// Keep an entry {id, url, body, at}; the browser is asked to wake the worker when network returns.
async function keepEntry(entry) {
  await inStore("outbox", "readwrite", (store) => store.put(entry));
  const registration = self.registration ?? (await navigator.serviceWorker?.getRegistration("/"));
  try {
    await registration?.sync?.register(OUTBOX.tag);
  } catch {
    // No Background Sync here: the next page, or the network's return, sends it.
  }
}

// Send all that waits, oldest first. Resolves to the entries the town took or will never take;
// rejects while there is no network.
function sendWaiting() {
  const work = async () => {
    const settled = [];
    const waiting = (await waitingEntries()).sort((a, b) => a.at - b.at);
    for (const entry of waiting) {
      const answer = await fetch(entry.url, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: entry.body,
      });
      if (answer.status >= 500 || answer.status === 429) throw new Error(`status ${answer.status}`);
      await dropEntry(entry.id);
      settled.push({ ...entry, taken: answer.ok });
    }
    return settled;
  };
  return navigator.locks ? navigator.locks.request(OUTBOX.tag, work) : work();
}
