// While words are typed: keep them on the server every few seconds and show how they fit each
// channel. What the server did not take (no network, signed out) is kept on this device.
const form = document.querySelector("[data-compose]");
const help = document.querySelector("#help");
const notice = document.querySelector("[data-local]");
const key = `desk:${form.dataset.save}`;
const PAUSE = 1200;
let timer = 0;
let running = false;
let dirty = false;

const fields = () => {
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  return Object.fromEntries(data);
};
const say = (words, link) => {
  notice.replaceChildren(document.createTextNode(words));
  if (link) {
    const way = document.createElement("a");
    way.href = link;
    way.textContent = "サインインする";
    notice.append(" ", way);
  }
  notice.hidden = false;
};
const keepHere = () => {
  try {
    localStorage.setItem(key, JSON.stringify({ saved: form.dataset.saved, fields: fields() }));
  } catch { /* storage is full or off: the page itself still holds the words */ }
};
const restore = () => {
  const kept = JSON.parse(localStorage.getItem(key) || "null");
  localStorage.removeItem(key);
  // Only if nothing was saved since: then the words here are the newest.
  if (!kept || kept.saved !== form.dataset.saved) return;
  for (const [name, value] of Object.entries(kept.fields)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  say("この端末に残っていた、書きかけの文を戻しました。");
  soon();
};

async function save() {
  if (running) return;
  running = true;
  dirty = false;
  try {
    const answer = await fetch(form.dataset.save, {
      method: "POST", body: new FormData(form), headers: { "X-Fragment": "help" }, redirect: "error",
    });
    if (answer.status === 401 || answer.status === 403) {
      keepHere();
      const back = `${form.dataset.login}?next=${encodeURIComponent(location.pathname)}`;
      say("サインインが切れました。書いたものはこの端末に残っています。", back);
    } else if (answer.ok || answer.status === 409) {
      help.innerHTML = await answer.text();
      if (answer.ok) {
        form.dataset.saved = help.querySelector("[data-saved]").dataset.saved;
        localStorage.removeItem(key);
        notice.hidden = true;
      }
    } else {
      throw new Error(String(answer.status));
    }
  } catch {
    keepHere();
    say("いま保存できません。書いたものはこの端末に残っています。つながれば自動で保存します。");
    dirty = true;
  }
  running = false;
  if (dirty) soon(5000);
}
function soon(wait = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

form.addEventListener("input", () => { dirty = true; soon(); });
form.addEventListener("submit", () => { clearTimeout(timer); keepHere(); });
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && dirty) save();
});
restore();
