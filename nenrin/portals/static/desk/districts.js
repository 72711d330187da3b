// Choosing districts: all or none at once, and by tapping the map. Without this the list does it all.
const form = document.querySelector("[data-districts]");
const boxes = [...form.querySelectorAll('input[name="districts"]')];
const everyone = form.querySelector('input[name="everyone"]');
const drawn = form.querySelector(".district-map");

const show = () => {
  const chosen = new Set(boxes.filter((box) => box.checked || everyone.checked).map((box) => box.value));
  drawn?.querySelectorAll("[data-district]").forEach((place) => {
    place.classList.toggle("chosen", chosen.has(place.dataset.district));
  });
};
const setAll = (on) => {
  boxes.forEach((box) => { box.checked = on; });
  everyone.checked = false;
  show();
};

form.querySelector("[data-pick]").hidden = false;
form.querySelector("[data-all]").addEventListener("click", () => setAll(true));
form.querySelector("[data-none]").addEventListener("click", () => setAll(false));
everyone.addEventListener("change", () => {
  if (everyone.checked) boxes.forEach((box) => { box.checked = false; });
  show();
});
boxes.forEach((box) => box.addEventListener("change", () => {
  if (box.checked) everyone.checked = false;
  show();
}));
drawn?.classList.add("live");
drawn?.addEventListener("click", (event) => {
  const place = event.target.closest("[data-district]");
  const box = place && boxes.find((one) => one.value === place.dataset.district);
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change"));
});
show();

// 避難指示 and 緊急安全確保 ask whether people are safe, unless staff decide otherwise.
const safety = form.querySelector('input[name="asks_safety"]');
let decided = safety.checked;
safety.addEventListener("change", () => { decided = true; });
form.querySelectorAll('input[name="what"]').forEach((choice) => choice.addEventListener("change", () => {
  if (!decided) safety.checked = ["order-4", "order-5"].includes(choice.value);
}));

// A date is only asked for when "日時を決める" is chosen; picking one chooses it.
const until = form.querySelector('input[name="until"]');
until.addEventListener("input", () => {
  const own = form.querySelector('input[name="hours"][value="until"]');
  if (until.value) own.checked = true;
});
