// Take the reader to what has to be mended, and straight on to its box.
const summary = document.getElementById("error-summary");
if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const place = document.getElementById(link.hash.slice(1));
    const box = place && (place.matches("input, select, textarea") ? place : place.querySelector("input:not([type=hidden]), select, textarea"));
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.closest(".field").scrollIntoView({ block: "start" });
  });
}
