// Renews a part of the page every five seconds while it is looked at. The server is asked for the
// part alone; what has not changed is left as it is, and so is a part someone is typing in or is
// pressing on: a link that is replaced between press and release would not be followed.
{
  const part = document.querySelector("[data-refresh]");
  let shown = "";
  let isPressed = false;

  function isBusy() {
    const active = document.activeElement;
    const isTyping = part.contains(active) && active.matches("input, textarea, select");
    return isPressed || isTyping;
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
    part.addEventListener("pointerdown", () => { isPressed = true; });
    for (const end of ["pointerup", "pointercancel"])
      document.addEventListener(end, () => { setTimeout(() => { isPressed = false; }); });
  }
}
