async function write(text) {
  // The clipboard interface is there on https and localhost alone; a portal inside a hospital is often neither.
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

document.addEventListener('click', async event => {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return;
  await write(button.dataset.copy);
  button.setAttribute('data-copied', '');
  button.focus();
  setTimeout(() => button.removeAttribute('data-copied'), 1600);
});
