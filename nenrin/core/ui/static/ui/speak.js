// Reads the page (or what is marked data-speak) aloud, in the page's language.
const button = document.querySelector("[data-speak-button]");
const voice = window.speechSynthesis;

function words() {
  const source = document.querySelector("[data-speak]") ?? document.querySelector("main");
  const copy = source.cloneNode(true);
  for (const silent of copy.querySelectorAll("rt, rp, script, form, nav, [data-silent]")) silent.remove();
  return source.dataset.speak || copy.textContent.replace(/\s+/g, " ").trim();
}

if (button && voice) {
  button.hidden = false;
  button.addEventListener("click", () => {
    if (voice.speaking) {
      voice.cancel();
      button.setAttribute("aria-pressed", "false");
      return;
    }
    const utterance = new SpeechSynthesisUtterance(words());
    utterance.lang = document.documentElement.lang;
    utterance.rate = 0.9;
    utterance.addEventListener("end", () => button.setAttribute("aria-pressed", "false"));
    button.setAttribute("aria-pressed", "true");
    voice.speak(utterance);
  });
}
