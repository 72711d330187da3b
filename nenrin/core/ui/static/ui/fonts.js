// The town's typeface comes after the words: nobody waits for a font to read a warning.
const fonts = document.currentScript.dataset.fonts.split(" ");
addEventListener("load", () => {
  if (navigator.connection?.saveData) return;
  for (const href of fonts) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = href;
    document.head.append(sheet);
  }
});
