// Every resident page: the worker is registered, and what waits is sent when the network is there.
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => undefined);
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data?.kind === "sent") announceSent(event.data.ids);
  });
}

const announceSent = (ids) => {
  if (ids.length) dispatchEvent(new CustomEvent("nenrin:sent", { detail: ids }));
};

async function sendNow() {
  try {
    announceSent((await sendWaiting()).map((entry) => entry.id));
  } catch {
    // Still no network: it stays kept.
  }
}

addEventListener("online", sendNow);
addEventListener("load", sendNow);
