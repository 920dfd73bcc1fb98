/**
 * The page for frames: takes what the address asks for, and tells the page around how high it is and
 * what was chosen, which is part of what version 1 promises.
 */
const widget = document.querySelector('backup-first-lookup');
const asked = new URLSearchParams(location.search);
let told = 0;

for (const name of ['release', 'theme']) {
  const value = asked.get(name);
  if (value !== null) widget?.setAttribute(name, value);
}

// Neither message holds anything of the visitor but the device they chose to look up.
widget?.addEventListener('backup-first:select', (event) => {
  parent.postMessage({ type: event.type, ...(event as CustomEvent<object>).detail }, '*');
});

/** Asked four times a second: browsers at our floor do not tell when a size changes. */
setInterval(() => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height === told) return;
  told = height;
  parent.postMessage({ type: 'backup-first:height', height }, '*');
}, 250);

// Marks the module as one.
export {};
