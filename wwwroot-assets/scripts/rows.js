// A table row with data-href opens by click or Enter; arrow keys walk the rows. The link inside it stays a real link.
const open = (row, event) => {
  if (event.target.closest('a, button, input, select, label, summary')) return;
  const link = row.querySelector(`a[href="${CSS.escape(row.dataset.href)}"]`) ?? row.querySelector('a.row-link');
  if (link) link.click();
  else window.location.assign(row.dataset.href);
};

document.addEventListener('click', event => {
  const row = event.target.closest?.('tr[data-href]');
  if (row && !window.getSelection()?.toString()) open(row, event);
});

document.addEventListener('keydown', event => {
  const row = event.target.closest?.('tr[data-href]');
  if (!row) return;
  if (event.key === 'Enter') return open(row, event);
  const step = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null;
  if (!step || event.target !== row) return;
  event.preventDefault();
  row[step]?.focus();
});
