// The call screen: asks the server every three seconds, says new calls aloud, and keeps the last
// numbers on show, marked as old, while the network is gone.
{
  const board = document.getElementById("board");
  const lost = document.getElementById("lost");
  const sound = document.getElementById("sound");
  const clock = document.getElementById("clock");
  const voice = window.speechSynthesis;
  const EVERY_MS = 3000;
  const LOST_MS = 10000;
  const said = new Set(calls().map((one) => one.dataset.call));
  let answered = Date.now();
  let shown = "";

  function calls() {
    return [...board.querySelectorAll("[data-call]")];
  }

  function say(words) {
    if (!voice) return;
    for (let turn = 0; turn < 2; turn += 1) {
      const utterance = new SpeechSynthesisUtterance(words);
      utterance.lang = "ja-JP";
      utterance.rate = 0.85;
      voice.speak(utterance);
    }
  }

  function tell() {
    for (const one of calls().reverse()) {
      if (said.has(one.dataset.call)) continue;
      said.add(one.dataset.call);
      one.classList.add("is-new");
      say(one.dataset.say);
    }
  }

  async function renew() {
    try {
      const answer = await fetch(location.href, { headers: { "X-Fragment": "1" }, cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      answered = Date.now();
      if (text !== shown) {
        shown = text;
        board.innerHTML = text;
        tell();
      }
    } catch {
      // The next turn tries again; what was shown last stays.
    }
    lost.hidden = Date.now() - answered < LOST_MS;
    board.classList.toggle("is-old", !lost.hidden);
    clock.textContent = new Intl.DateTimeFormat("ja-JP", { hour: "numeric", minute: "2-digit", hour12: false, timeZone: "Asia/Tokyo" }).format(new Date());
    setTimeout(renew, EVERY_MS);
  }

  if (voice) {
    // Browsers stay silent until somebody has touched the page.
    sound.hidden = false;
    sound.addEventListener("click", () => {
      sound.hidden = true;
      say(sound.textContent);
    });
  }
  setTimeout(renew, EVERY_MS);
}
