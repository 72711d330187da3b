// Answers in one touch: kept on the device first, sent in the order they were given, forgotten
// when the town has them. What somebody is still writing stays when the part is drawn anew.
const answers = document.querySelector("[data-answers]");
const status = document.querySelector("[data-answer-status]");
let unsent = 0;

const tellStatus = (key) => {
  status.textContent = status.dataset[key];
  status.classList.toggle("error", key === "refused");
  status.hidden = false;
};

async function send(form, button) {
  const content = new URLSearchParams(new FormData(form));
  content.delete("csrfmiddlewaretoken");
  if (button?.name) content.set(button.name, button.value);
  const entry = { id: crypto.randomUUID(), url: answers.dataset.answers, at: Date.now() };
  content.set("client_id", entry.id);
  content.set("at", entry.at);
  entry.body = String(content);
  unsent += 1;
  tellStatus("sending");
  // A browser that keeps nothing (a private window, a full disk) still sends.
  const isKept = await storeEntry(entry).then(() => true, () => false);
  const reply = await inTurn(() => sendEntry(entry)).catch(() => null);
  unsent -= 1;
  if (!reply) {
    if (!isKept) return tellStatus("refused");
    await wakeWithNetwork();
    tellStatus("waiting");
    markWaiting(form, button);
    return;
  }
  await show(reply, { form, content });
  if (!reply.ok) tellStatus("refused");
  else if (unsent === 0) tellStatus("sent");
}

async function show(reply, sent) {
  const part = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = part.querySelector("[data-answers-inner]");
  if (!fresh) return;
  const writing = unfinished(sent);
  const focused = document.activeElement?.id;
  answers.replaceChildren(fresh);
  for (const [id, words] of writing) {
    const field = document.getElementById(id);
    if (field) field.value = words;
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

// What was written into the fields and has not been sent: pairs of a field's id and its words.
function unfinished(sent) {
  const known = (field) => (field.form === sent?.form ? sent.content.get(field.name) : field.defaultValue);
  return [...answers.querySelectorAll("input[id], textarea[id]")]
    .filter((field) => field.value !== known(field))
    .map((field) => [field.id, field.value]);
}

function markWaiting(form, button) {
  for (const one of form.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one === button));
}

if (answers && window.fetch && window.indexedDB && window.isSecureContext) {
  answers.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target, event.submitter);
  });
  addEventListener("nenrin:sent", () => {
    if (unsent === 0) tellStatus("sent");
    fetch(answers.dataset.state, { headers: { "X-Fragment": "1" } }).then(show);
  });
  waitingEntries().then((entries) => {
    if (entries.some((entry) => entry.url === answers.dataset.answers)) tellStatus("waiting");
  }, () => undefined);
}
