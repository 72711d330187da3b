// The household tablet: shows the newest message, lets an emergency take over the screen and speaks
// it until someone confirms, and tells the town how far each message came.
const LEVEL_WORDS = {
  2: "注意してください", 3: "早めに行動してください",
  4: "今すぐ行動してください", 5: "いのちを守ってください",
};
const SPEAK_AGAIN_MS = 9000;
const byId = (id) => document.getElementById(id);
const card = byId("message");
const takeover = byId("takeover");
const voice = window.speechSynthesis;
const seen = new Set([card.dataset.message]);
let current = card.dataset.message
  ? { id: card.dataset.message, receipt: card.dataset.receipt, reading: card.dataset.reading }
  : null;
let speaking = 0;

function report(message, state, answer) {
  const form = new URLSearchParams({ state });
  if (answer) form.set("answer", answer);
  return fetch(new URL(message.receipt, location.href).pathname, { method: "POST", body: form, keepalive: true });
}

function speak(words) {
  if (!voice) return;
  voice.cancel();
  const utterance = new SpeechSynthesisUtterance(words);
  utterance.lang = "ja-JP";
  utterance.rate = 0.85;
  voice.speak(utterance);
}

function speakUntilConfirmed(words) {
  clearInterval(speaking);
  speak(words);
  speaking = setInterval(() => { if (!voice?.speaking) speak(words); }, SPEAK_AGAIN_MS);
}

function addButton(words, answer, style) {
  const button = document.createElement("button");
  button.textContent = words;
  if (style) button.className = style;
  button.addEventListener("click", () => confirm(button, answer));
  byId("takeover-buttons").append(button);
}

async function confirm(button, answer) {
  button.disabled = true;
  try {
    const told = await report(current, "confirmed", answer);
    if (!told.ok) throw new Error(told.status);
  } catch {
    button.disabled = false;
    byId("offline").hidden = false;
    byId("takeover-level").textContent = "まだ役場に伝わっていません。もう一度押してください。";
    return;
  }
  clearInterval(speaking);
  voice?.cancel();
  location.reload();
}

function takeOver(message) {
  takeover.className = `takeover level-${message.severity}`;
  byId("takeover-drill").hidden = !message.drill;
  byId("takeover-level").textContent = LEVEL_WORDS[message.severity] ?? "町からの知らせ";
  byId("takeover-title").textContent = message.title;
  byId("takeover-body").textContent = message.body;
  byId("takeover-buttons").replaceChildren();
  if (message.asks_safety) {
    addButton("無事です", "safe");
    addButton("助けが必要です", "help", "help");
  } else {
    addButton("見ました");
  }
  takeover.hidden = false;
  byId("takeover-buttons").firstElementChild.focus();
  report(message, "opened");
  speakUntilConfirmed(message.reading);
}

function take(message) {
  if (seen.has(message.id)) return;
  seen.add(message.id);
  current = message;
  report(message, "delivered");
  if (message.severity >= 3 || message.asks_safety) takeOver(message);
  else {
    speak(message.reading);
    setTimeout(() => location.reload(), 500);
  }
}

// The tablet keeps its own page, and stands up with it after a power cut without network.
navigator.serviceWorker?.register("/sw.js", { scope: "/" }).catch(() => undefined);

let lost = 0;
const stream = new EventSource("/tablet/stream");
stream.addEventListener("message", (event) => take(JSON.parse(event.data)));
stream.addEventListener("open", () => {
  clearTimeout(lost);
  lost = 0;
  byId("offline").hidden = true;
});
stream.addEventListener("error", () => {
  lost ||= setTimeout(() => { byId("offline").hidden = false; }, 15000);
  // A stream that the server refused is closed for good: start over, which also finds new pairing.
  if (stream.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 30000);
});

if (voice && current) {
  byId("again").hidden = false;
  byId("again").addEventListener("click", () => speak(current.reading));
}
if (current) document.addEventListener("pointerdown", () => report(current, "opened"), { once: true });

const clock = new Intl.DateTimeFormat("ja-JP", { hour: "numeric", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("ja-JP", { month: "long", day: "numeric", weekday: "short" });
let shownDay = "";
function tick() {
  const now = new Date();
  byId("clock").textContent = clock.format(now);
  byId("date").textContent = day.format(now);
  // A new day brings a new 元気です.
  if (shownDay && shownDay !== day.format(now) && takeover.hidden) location.reload();
  shownDay = day.format(now);
}
tick();
setInterval(tick, 1000);
