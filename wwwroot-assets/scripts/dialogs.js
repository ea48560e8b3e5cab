// Keeps the Tab key inside an open dialog.
document.addEventListener('keydown', event => {
  if (event.key !== 'Tab') return;
  const dialog = document.querySelector('.dialog-shade [aria-modal="true"]');
  if (!dialog) return;
  const stops = [...dialog.querySelectorAll('a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled)')];
  if (stops.length === 0) return;
  const first = stops[0];
  const last = stops.at(-1);
  const outside = !dialog.contains(document.activeElement);
  if (event.shiftKey && (outside || document.activeElement === first)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (outside || document.activeElement === last)) {
    event.preventDefault();
    first.focus();
  }
});
