// Renews a part of the page every five seconds while it is looked at. The server is asked for the
// part alone; what has not changed is left as it is, and so is a part someone is typing in.
const part = document.querySelector("[data-refresh]");
let shown = "";

function isBusy() {
  const active = document.activeElement;
  return part.contains(active) && active.matches("input, textarea, select");
}

async function renew() {
  if (document.hidden || isBusy()) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Fragment": "1" } });
    if (!answer.ok || answer.redirected) return;
    const text = await answer.text();
    const content = text.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");
    if (content === shown || isBusy()) return;
    shown = content;
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    part.innerHTML = text;
    if (window.htmx) window.htmx.process(part);
    if (focused) document.getElementById(focused)?.focus();
  } catch {
    // The next turn tries again.
  }
}

if (part) {
  setInterval(renew, 5000);
  document.addEventListener("visibilitychange", renew);
}
