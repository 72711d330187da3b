// Pages without network. The server says in X-Nenrin-Keep what may be kept (see keeping.py);
// everything else always comes from the network, or is replaced by the offline page.
const SHELL_CACHE = `nenrin-shell-${settings.version}`;
const KEPT = { public: "nenrin-public", link: "nenrin-link", account: "nenrin-account" };
const PRIVATE = [KEPT.link, KEPT.account];
const MOST_KEPT = 30;
const FRESH_MS = 10 * 60 * 1000;
const READER = "/whose";
const TAKEN_AWAY = new Set([401, 403, 404, 410]);

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const shell = await caches.open(SHELL_CACHE);
      await shell.addAll(settings.shell);
      await keepFresh(settings.offline);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const current = new Set([SHELL_CACHE, ...Object.values(KEPT)]);
      const old = (await caches.keys()).filter((name) => name.startsWith("nenrin-") && !current.has(name));
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === "/accounts/logout/") {
    event.respondWith(fetch(request).finally(forgetPrivate));
  } else if (request.method === "GET" && request.mode === "navigate") {
    event.respondWith(page(event, url));
  } else if (request.method === "GET" && url.pathname.startsWith("/static/")) {
    event.respondWith(asset(request));
  }
});

async function asset(request) {
  return (await caches.match(request, { cacheName: SHELL_CACHE })) ?? fetch(request);
}

async function page(event, url) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return keptPage(url);
  }
  event.waitUntil(follow(url, answer.clone()));
  return answer;
}

// Keep the page if the server allows; forget it where it has been taken away.
async function follow(url, answer) {
  const key = url.pathname;
  const [kind, reader] = (answer.headers.get("X-Nenrin-Keep") ?? "").split(" ");
  if (reader === "signed-out" || (kind === "account" && reader !== (await keptReader()))) {
    await caches.delete(KEPT.account);
  }
  if (answer.ok && KEPT[kind]) {
    await keep(KEPT[kind], key, answer);
    if (kind === "account") await (await caches.open(KEPT.account)).put(READER, new Response(reader));
  } else if (answer.type === "opaqueredirect" || TAKEN_AWAY.has(answer.status)) {
    await Promise.all(PRIVATE.map(async (one) => (await caches.open(one)).delete(key)));
  }
  await refreshOffline();
}

// Whose account pages are kept: another reader on this device must not find them.
async function keptReader() {
  const found = await caches.match(READER, { cacheName: KEPT.account });
  return found?.text();
}

async function refreshOffline() {
  const kept = await caches.match(settings.offline, { cacheName: KEPT.public });
  const age = Date.now() - Date.parse(kept?.headers.get("X-Nenrin-At") ?? "");
  if (!(age < FRESH_MS)) await keepFresh(settings.offline);
}

// Only a page that came whole takes the old one's place, and goes to the end of the row.
async function keep(name, key, answer) {
  const { status, headers } = answer;
  const whole = new Response(await answer.blob(), { status, headers });
  const cache = await caches.open(name);
  await cache.delete(key);
  await cache.put(key, whole);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST_KEPT)).map((one) => cache.delete(one)));
}

async function keepFresh(path) {
  try {
    const answer = await fetch(path);
    if (answer.ok && !answer.redirected) await keep(KEPT.public, path, answer);
  } catch {
    // The copy that is there stays.
  }
}

async function keptPage(url) {
  for (const name of [KEPT.account, KEPT.link, KEPT.public]) {
    const found = await (await caches.open(name)).match(url.pathname);
    if (found) return found;
  }
  return (await caches.match(settings.offline, { cacheName: KEPT.public })) ?? Response.error();
}

async function forgetPrivate() {
  await Promise.all(PRIVATE.map((name) => caches.delete(name)));
  await Promise.all([forgetLetters(), forgetOutbox()]);
}

self.addEventListener("message", (event) => {
  if (event.data?.kind === "forget") event.waitUntil(forgetPrivate());
});
