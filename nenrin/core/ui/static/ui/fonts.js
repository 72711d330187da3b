// The town's typeface is fetched after the words and stands from the next page on: nobody waits for
// a letter to read a warning, and no page moves under a finger.
const FONTS_KEPT = "nenrin-fonts";
const FONT_WEIGHTS = ["400", "700"];
const fontSheets = document.currentScript.dataset.fonts;

function addSheet(href) {
  return new Promise((resolve, reject) => {
    const sheet = document.createElement("link");
    Object.assign(sheet, { rel: "stylesheet", href, onload: resolve, onerror: reject });
    document.head.append(sheet);
  });
}

const addSheets = () => Promise.all(fontSheets.split(" ").map(addSheet));

// Nothing on this page is set in them yet, so the page stays as it is.
async function fetchFonts() {
  await addSheets();
  const words = document.body.textContent;
  await Promise.all(FONT_WEIGHTS.map((weight) => document.fonts.load(`${weight} 1em "Nenrin Gothic"`, words)));
  localStorage.setItem(FONTS_KEPT, fontSheets);
}

function areFontsKept() {
  try {
    return localStorage.getItem(FONTS_KEPT) === fontSheets;
  } catch {
    return false;
  }
}

// Where they cannot be fetched or kept, the device's own face stays.
const keepDeviceFont = () => undefined;
if (!navigator.connection?.saveData) {
  if (areFontsKept()) {
    document.documentElement.classList.add("lettered");
    addSheets().catch(keepDeviceFont);
  } else {
    addEventListener("load", () => fetchFonts().catch(keepDeviceFont));
  }
}
