// On a phone the menu folds away; on a wide screen it always stands open.
const staffMenu = document.querySelector("[data-menu]");
const isWide = matchMedia("(min-width: 60rem)");
const fold = () => { staffMenu.open = isWide.matches; };
fold();
isWide.addEventListener("change", fold);
