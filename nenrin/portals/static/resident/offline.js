// The offline page: what this phone received, and how far the shelters are from where it is.
const letters = document.querySelector("[data-letters]");
const sample = document.querySelector("[data-letter]");
const near = document.querySelector("[data-near]");
const statusLine = document.querySelector("[data-answer-status]");

keptLetters().then((kept) => {
  const newest = kept.sort((a, b) => b.at - a.at);
  const asked = newest.findIndex((letter) => letter.path === location.pathname);
  if (asked > 0) newest.unshift(...newest.splice(asked, 1));
  for (const letter of newest.slice(0, 5)) letters.append(drawLetter(letter));
  letters.hidden = newest.length === 0;
});

function drawLetter(letter) {
  const drawn = sample.content.cloneNode(true);
  drawn.querySelector("[data-band]").classList.add(`level-${letter.severity}`);
  drawn.querySelector("[data-title]").textContent = letter.title;
  drawn.querySelector("[data-body]").textContent = letter.body;
  drawn.querySelector("[data-time]").textContent = new Date(letter.at).toLocaleString(document.documentElement.lang);
  const form = drawn.querySelector("form");
  form.hidden = !letter.asks;
  form.addEventListener("submit", (event) => keepAnswer(event, letter));
  return drawn;
}

async function keepAnswer(event, letter) {
  event.preventDefault();
  const id = crypto.randomUUID();
  const at = Date.now();
  const body = new URLSearchParams({ answer: event.submitter.value, client_id: id, at });
  await keepEntry({ id, url: `${letter.path}/answer`, body: String(body), at });
  statusLine.textContent = statusLine.dataset.waiting;
  statusLine.hidden = false;
}

addEventListener("nenrin:sent", () => {
  statusLine.textContent = statusLine.dataset.sent;
  statusLine.hidden = false;
});
addEventListener("online", () => {
  if (location.pathname !== near.dataset.page) location.reload();
});

const RADIUS = 6371;
const radians = (degrees) => (degrees * Math.PI) / 180;
function away(from, item) {
  const [a, b] = [radians(from.latitude), radians(Number(item.dataset.latitude))];
  const turn = radians(Number(item.dataset.longitude) - from.longitude);
  const half = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(turn / 2) ** 2;
  return 2 * RADIUS * Math.asin(Math.sqrt(half));
}

if (navigator.geolocation) {
  near.hidden = false;
  near.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(({ coords }) => sortFrom(coords), () => {
      near.nextElementSibling.hidden = false;
    }, { timeout: 20000, maximumAge: 60000 });
  });
}

function sortFrom(coords) {
  const list = document.querySelector("[data-shelters]");
  const items = [...list.children].map((item) => ({ item, km: away(coords, item) }));
  for (const { item, km } of items.sort((a, b) => a.km - b.km)) {
    item.querySelector("[data-away]").textContent = `${km.toFixed(1)} km`;
    list.append(item);
  }
}
