// Reloads the reach board every five seconds while it is looked at.
const board = document.getElementById("reach");
async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { headers: { "X-Fragment": "reach" } });
    if (answer.ok) board.innerHTML = await answer.text();
  } catch {
    // The next turn tries again.
  }
}
setInterval(refresh, 5000);
