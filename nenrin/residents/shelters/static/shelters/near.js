// Puts the nearest shelter first. The place where someone stands never leaves their device.
const box = document.querySelector("[data-near]");
const list = document.querySelector("[data-places]");
const words = document.querySelector("[data-near-words]");

function kilometres(here, place) {
  const rad = Math.PI / 180;
  const lat = (place.latitude - here.latitude) * rad;
  const lon = (place.longitude - here.longitude) * rad;
  const half = Math.sin(lat / 2) ** 2
    + Math.cos(here.latitude * rad) * Math.cos(place.latitude * rad) * Math.sin(lon / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
}

function sort(here) {
  const rows = [...list.children].map((row) => {
    const place = { latitude: Number(row.dataset.latitude), longitude: Number(row.dataset.longitude) };
    return { row, far: kilometres(here, place) };
  });
  rows.sort((one, other) => one.far - other.far);
  for (const { row, far } of rows) {
    row.querySelector("[data-distance]").textContent = `${words.dataset.far} ${far.toFixed(1)} km`;
    list.append(row);
  }
  words.textContent = words.dataset.done;
}

if (box && list.children.length && "geolocation" in navigator) {
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      (found) => sort(found.coords),
      () => { words.textContent = words.dataset.failed; },
      { timeout: 15000 },
    );
  });
}
