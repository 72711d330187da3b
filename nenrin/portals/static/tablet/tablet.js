// The household tablet: shows the newest message and tells the town how far it came.
const heading = document.getElementById("heading");
const body = document.getElementById("body");
const buttons = document.getElementById("buttons");
const drill = document.getElementById("drill");
const seen = new Set();
let current = null;

function report(state, answer) {
  const form = new URLSearchParams({ state });
  if (answer) form.set("answer", answer);
  return fetch(new URL(current.receipt).pathname, { method: "POST", body: form, keepalive: true });
}

function addButton(words, state, answer, style) {
  const button = document.createElement("button");
  button.textContent = words;
  if (style) button.className = style;
  button.addEventListener("click", async () => {
    await report(state, answer);
    buttons.replaceChildren();
    const thanks = document.createElement("p");
    thanks.className = "note";
    thanks.textContent = "役場に伝わりました。ありがとうございます。";
    buttons.append(thanks);
  });
  buttons.append(button);
}

function show(message) {
  current = message;
  heading.textContent = message.title;
  body.textContent = message.body;
  drill.hidden = !message.drill;
  buttons.replaceChildren();
  if (message.asks_safety) {
    addButton("無事です", "confirmed", "safe");
    addButton("助けが必要です", "confirmed", "help", "help");
  } else {
    addButton("見ました", "confirmed");
  }
  report("delivered");
}

const stream = new EventSource("/tablet/stream");
stream.addEventListener("message", (event) => {
  const message = JSON.parse(event.data);
  if (seen.has(message.id)) return;
  seen.add(message.id);
  show(message);
});
document.addEventListener("pointerdown", () => current && report("opened"), { once: true });

function tick() {
  const now = new Date();
  document.getElementById("clock").textContent =
    `${now.getHours()}時${String(now.getMinutes()).padStart(2, "0")}分`;
}
tick();
setInterval(tick, 1000);
