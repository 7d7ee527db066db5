// Before the first paint: the colours somebody chose last time. All else follows in app.js.
try {
  const chosen = JSON.parse(localStorage.getItem("playground/theme"));
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing follows the system.
}
