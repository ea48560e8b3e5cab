// Menus are <details class="menu">: they open without script. Script closes them, and opens the rail on a phone.
const root = document.documentElement;
const closeMenus = except => {
  for (const menu of document.querySelectorAll('details.menu[open]'))
    if (menu !== except) menu.open = false;
};

function setRail(open) {
  root.classList.toggle('nav-open', open);
  const button = document.querySelector('[data-nav-toggle]');
  button?.setAttribute('aria-expanded', String(open));
  if (open) document.querySelector('.rail a')?.focus();
}

document.addEventListener('click', event => {
  const target = event.target;
  if (target.closest?.('[data-nav-toggle]')) return setRail(!root.classList.contains('nav-open'));
  if (target.closest?.('[data-nav-close], .rail a')) setRail(false);
  const inside = target.closest?.('details.menu');
  closeMenus(target.closest?.('.menu-panel a') ? null : inside);
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('details.menu[open]');
  if (open) {
    open.open = false;
    open.querySelector('summary')?.focus();
  } else if (root.classList.contains('nav-open')) {
    setRail(false);
    document.querySelector('[data-nav-toggle]')?.focus();
  }
});

// The filter box in the facility switcher.
document.addEventListener('input', event => {
  const list = event.target.closest?.('[data-filter]')?.dataset.filter;
  if (!list) return;
  const wanted = event.target.value.trim().toLocaleLowerCase();
  for (const item of document.querySelectorAll(`#${list} [data-filter-text]`))
    item.hidden = !item.dataset.filterText.toLocaleLowerCase().includes(wanted);
});
