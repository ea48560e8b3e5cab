document.addEventListener('click', async event => {
  if (event.target.closest?.('[data-reload]')) return location.reload();
  if (!event.target.closest?.('[data-reconnect]')) return;
  // False: the server is there but has forgotten this page; only a reload helps.
  const resumed = await window.Blazor?.reconnect().catch(() => null);
  if (resumed === false) location.reload();
});
