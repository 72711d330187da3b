// What is typed stays in this tab while the network is away; what the server took is forgotten.
const keptForm = document.querySelector("form[data-keep]");
const keptNote = document.getElementById("kept-note");
const PREFIX = "nenrin-typed:";
const key = PREFIX + location.pathname;
const WAIT = 300;
// A My Number is kept nowhere, here neither.
const SECRET = /\d{4}[- ‐－ー]?\d{4}[- ‐－ー]?\d{4}/;
const keptBoxes = () => keptForm.querySelectorAll("input:not([type=hidden], [type=file]), select, textarea");
const isChoice = (box) => box.type === "checkbox" || box.type === "radio";

function say(words) {
  if (keptNote.textContent !== words) keptNote.textContent = words;
  keptNote.hidden = !words;
}

function keep(sent) {
  const typed = [...keptBoxes()].filter((box) => box.id && !SECRET.test(box.value.normalize("NFKC")));
  const held = Object.fromEntries(typed.map((box) => [box.id, isChoice(box) ? box.checked : box.value]));
  try {
    sessionStorage.setItem(key, JSON.stringify({ held, sent }));
  } catch {
    // No room or no permission: the server still has every page that was sent.
  }
}

function kept(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function forgetTaken() {
  for (const name of Object.keys(sessionStorage)) {
    const isHere = name === key && !document.getElementById("error-summary");
    if (name.startsWith(PREFIX) && !isHere && (name === key || kept(name)?.sent)) sessionStorage.removeItem(name);
  }
}

function restore() {
  const held = kept(key)?.held ?? {};
  const changed = [...keptBoxes()].filter((box) => box.id in held && held[box.id] !== (isChoice(box) ? box.checked : box.value));
  for (const box of changed) {
    if (isChoice(box)) box.checked = held[box.id];
    else box.value = held[box.id];
  }
  if (!changed.length) return;
  say(keptNote.dataset.restored);
  // The page asks the server what the answers change, and leaves the good ones with it.
  changed[0].dispatchEvent(new Event("change", { bubbles: true }));
}

const showNetwork = () => say(navigator.onLine ? "" : keptNote.dataset.offline);

if (keptForm && keptNote) {
  let timer;
  forgetTaken();
  restore();
  if (!navigator.onLine) showNetwork();
  keptForm.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT, false);
  });
  keptForm.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keep(true);
    if (navigator.onLine) return;
    event.preventDefault();
    showNetwork();
    keptNote.focus();
  });
  addEventListener("offline", showNetwork);
  addEventListener("online", showNetwork);
}
