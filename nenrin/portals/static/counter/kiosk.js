// The stand by the door: back to the buttons after a while, and printing where there is a printer.
{
  const shown = document.querySelector("[data-back]");
  const waiting = document.querySelector("[data-again]");
  const print = document.querySelector("[data-print]");
  const BACK_MS = 20000;

  if (shown) setTimeout(() => location.replace(shown.dataset.back), BACK_MS);
  if (waiting) setTimeout(() => location.reload(), Number(waiting.dataset.again) * 1000);
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}
