// Says in words when a passkey was not used: the library's scripts only raise an event.
document.addEventListener("allauth.error", (event) => {
  const place = document.getElementById("passkey_trouble");
  if (!place) return;
  event.preventDefault();
  place.hidden = false;
  place.focus();
});
