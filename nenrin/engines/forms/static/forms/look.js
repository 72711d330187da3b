// A look at the server must not undo what was typed while it was on its way.
const place = document.getElementById("questions");
let typed = new Map();
const boxes = () => place.querySelectorAll("input:not([type=hidden], [type=file]), select, textarea");
place?.addEventListener("htmx:beforeSwap", () => {
  // Values, not elements: a radio button is unchecked as soon as its successor comes in.
  typed = new Map([...boxes()].map((box) => [box.id, { type: box.type, value: box.value, checked: box.checked }]));
});
place?.addEventListener("htmx:afterSwap", () => {
  for (const box of boxes()) {
    const before = typed.get(box.id);
    if (!box.id || before?.type !== box.type) continue;
    if (box.type === "checkbox" || box.type === "radio") box.checked = before.checked;
    else box.value = before.value;
  }
});
