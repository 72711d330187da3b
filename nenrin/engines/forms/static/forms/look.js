// A look at the server must not undo what was typed while it was on its way.
const place = document.getElementById("questions");
let typed = new Map();
const boxes = () => place.querySelectorAll("input:not([type=hidden], [type=file]), select, textarea");
place?.addEventListener("htmx:beforeSwap", () => {
  typed = new Map([...boxes()].filter((box) => box.id).map((box) => [box.id, box]));
});
place?.addEventListener("htmx:afterSwap", () => {
  for (const box of boxes()) {
    const before = typed.get(box.id);
    if (!before || before.type !== box.type) continue;
    if (box.type === "checkbox" || box.type === "radio") box.checked = before.checked;
    else box.value = before.value;
  }
});
