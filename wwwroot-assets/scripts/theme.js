import { setCookie } from './cookie.js';

document.addEventListener('click', event => {
  const theme = event.target.closest?.('[data-theme-set]')?.dataset.themeSet;
  if (!theme) return;
  document.documentElement.dataset.theme = theme;
  setCookie('noctis.theme', theme);
});
