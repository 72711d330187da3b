// Answers in one touch: sent at once, or kept on the device until the network returns.
const answers = document.querySelector("[data-answers]");
const status = document.querySelector("[data-answer-status]");

const tellStatus = (key) => {
  status.textContent = status.dataset[key];
  status.hidden = false;
};

async function send(form, button) {
  const content = new URLSearchParams(new FormData(form));
  content.delete("csrfmiddlewaretoken");
  if (button?.name) content.set(button.name, button.value);
  content.set("client_id", crypto.randomUUID());
  content.set("at", Date.now());
  const url = answers.dataset.answers;
  let reply;
  try {
    reply = await fetch(url, { method: "POST", body: content });
    if (reply.status >= 500 || reply.status === 429) throw new Error(`status ${reply.status}`);
  } catch {
    await keepEntry({ id: content.get("client_id"), url, body: String(content), at: Number(content.get("at")) });
    tellStatus("waiting");
    markWaiting(form, button);
    return;
  }
  await show(reply);
  if (reply.ok) tellStatus("sent");
}

async function show(reply) {
  const part = new DOMParser().parseFromString(await reply.text(), "text/html");
  const fresh = part.querySelector("[data-answers-inner]");
  if (fresh) answers.replaceChildren(fresh);
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
    tellStatus("sent");
    fetch(answers.dataset.state, { headers: { "X-Fragment": "1" } }).then(show);
  });
  waitingEntries().then((entries) => {
    if (entries.some((entry) => entry.url === answers.dataset.answers)) tellStatus("waiting");
  });
}
