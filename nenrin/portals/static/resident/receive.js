// Switching push on and off for this browser; says plainly what this browser needs first.
const form = document.querySelector("[data-receive]");
const said = form.querySelector("[data-said]");

const canPush = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const isApple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

function showState(state) {
  for (const section of form.querySelectorAll("[data-when]")) section.hidden = section.dataset.when !== state;
}

function tell(words, isError = false) {
  said.textContent = words;
  said.classList.toggle("error", isError);
  said.hidden = !words;
}

async function post(url, fields) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return fetch(url, { method: "POST", body });
}

function fieldsOf(subscription) {
  const { keys } = subscription.toJSON();
  return { endpoint: subscription.endpoint, p256dh: keys.p256dh, auth: keys.auth };
}

const keyBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

async function subscription() {
  // Not `ready`: on a first visit, or where no worker is allowed, that would wait and show nothing.
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function start() {
  if (!canPush) return showState(isApple && !isInstalled ? "install" : "unsupported");
  if (Notification.permission === "denied") return showState("denied");
  const found = await subscription();
  if (!found) return showState("off");
  const answer = await post(form.dataset.state, { endpoint: found.endpoint });
  if (!answer.ok) return showState("off");
  showOn(await answer.json());
}

function showOn(content) {
  form.querySelector("[data-district]").textContent = content.district ?? "";
  showState("on");
}

async function switchOn() {
  if ((await Notification.requestPermission()) !== "granted") return showState(Notification.permission === "denied" ? "denied" : "off");
  const registration = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: keyBytes(form.dataset.key) };
  let made;
  try {
    made = await registration.pushManager.subscribe(options);
  } catch (error) {
    if (error.name !== "InvalidStateError") throw error;
    // Subscribed under another key, of before: start anew.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    made = await registration.pushManager.subscribe(options);
  }
  const answer = await post(form.dataset.on, fieldsOf(made));
  const content = await answer.json();
  tell(content.words, !answer.ok);
  if (answer.ok) showOn(content);
  else await made.unsubscribe();
}

async function switchOff() {
  const found = await subscription();
  if (found) {
    const answer = await post(form.dataset.off, { endpoint: found.endpoint });
    tell((await answer.json()).words, !answer.ok);
    if (!answer.ok) return;
    await found.unsubscribe();
  }
  showState("off");
}

async function tryOut() {
  const found = await subscription();
  const answer = await post(form.dataset.test, { endpoint: found?.endpoint ?? "" });
  if (answer.status === 404) return showState("off");
  tell((await answer.json()).words, !answer.ok);
}

const WORK = { on: switchOn, off: switchOff, test: tryOut };
form.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  button.disabled = true;
  try {
    await WORK[button.dataset.do]();
  } catch {
    tell(form.dataset.trouble, true);
  } finally {
    button.disabled = false;
  }
});
start();
