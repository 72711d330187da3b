// A message from the town: shown once (its id is the tag), told to the town, opened at a touch.
const ACTIONS = [
  { action: "safe", title: "無事です" },
  { action: "help", title: "助けが必要です" },
];

self.addEventListener("push", (event) => {
  const letter = readPush(event);
  event.waitUntil(Promise.all([show(letter), receive(letter)]));
});

function readPush(event) {
  try {
    return event.data.json();
  } catch {
    return { id: "unreadable", title: "町から知らせがあります", body: "ひらいて確かめてください。", url: "/", receipt: "" };
  }
}

function show(letter) {
  const title = letter.drill && !letter.title.includes("訓練") ? `【訓練】${letter.title}` : letter.title;
  return self.registration.showNotification(title, {
    body: letter.body,
    tag: letter.id,
    icon: settings.icon,
    badge: settings.icon,
    lang: "ja",
    requireInteraction: letter.severity >= 3,
    data: { url: letter.url, receipt: letter.receipt, drill: letter.drill },
    actions: letter.asks_safety ? ACTIONS : [],
  });
}

async function receive(letter) {
  if (!letter.receipt) return;
  await keepLetter({
    id: letter.id,
    title: letter.title,
    body: letter.body,
    severity: letter.severity,
    drill: letter.drill,
    asks: letter.asks_safety,
    path: here(letter.url).pathname,
    at: Date.now(),
  });
  await report(letter.receipt, { state: "delivered" });
}

// The town's links may name another of its hosts; this device speaks with the one it knows.
const here = (address) => new URL(new URL(address, self.location.origin).pathname, self.location.origin);

async function report(receipt, content) {
  if (!receipt) return;
  const entry = { id: crypto.randomUUID(), at: Date.now(), url: here(receipt).pathname, body: String(new URLSearchParams(content)) };
  await keepEntry(entry);
  await flush();
}

self.addEventListener("notificationclick", (event) => {
  const { data, tag } = event.notification;
  event.notification.close();
  const answered = ACTIONS.some(({ action }) => action === event.action);
  event.waitUntil(answered ? answer(event, data, tag) : open(data));
});

async function answer(event, data, tag) {
  await report(data.receipt, { state: "confirmed", answer: event.action });
  const waits = (await waitingEntries()).length > 0;
  const said = ACTIONS.find(({ action }) => action === event.action).title;
  await self.registration.showNotification(waits ? "電波が戻ったら送ります" : "送りました", {
    body: `${data.drill ? "【訓練】" : ""}「${said}」`,
    tag: `${tag}-answer`,
    icon: settings.icon,
    lang: "ja",
    data: { url: data.url, receipt: "" },
  });
}

async function open(data) {
  const opened = report(data.receipt, { state: "opened" });
  const url = here(data.url).href;
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const shown = windows.find((one) => one.url.split("#")[0] === url);
  await (shown ? shown.focus() : self.clients.openWindow(url));
  await opened;
}

self.addEventListener("sync", (event) => {
  if (event.tag === OUTBOX.tag) event.waitUntil(tell(sendWaiting()));
});

const flush = () => tell(sendWaiting()).catch(() => undefined);

async function tell(sending) {
  const settled = await sending;
  const windows = await self.clients.matchAll({ type: "window" });
  for (const one of windows) one.postMessage({ kind: "sent", ids: settled.map((entry) => entry.id) });
}

// The browser changed its address by itself: the town must learn the new one.
self.addEventListener("pushsubscriptionchange", (event) => {
  event.waitUntil(renew(event));
});

async function renew(event) {
  const old = event.oldSubscription;
  if (!old) return;
  const fresh = event.newSubscription ?? (await self.registration.pushManager.subscribe(old.options));
  const keys = fresh.toJSON().keys;
  const body = new URLSearchParams({
    old_endpoint: old.endpoint,
    old_auth: old.toJSON().keys.auth,
    endpoint: fresh.endpoint,
    p256dh: keys.p256dh,
    auth: keys.auth,
  });
  await fetch("/receive/renew", { method: "POST", body });
}
