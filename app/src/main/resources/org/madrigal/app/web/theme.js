// Before anything is drawn: the theme that was chosen last, or the one that the system prefers.
(function () {
  'use strict';
  let chosen = null;
  try {
    chosen = localStorage.getItem('madrigal.theme');
  } catch (refused) {
    // A browser that keeps nothing: the system's preference holds.
  }
  const light = window.matchMedia('(prefers-color-scheme: light)').matches;
  document.documentElement.dataset.theme =
    chosen === 'dark' || chosen === 'light' ? chosen : light ? 'light' : 'dark';
})();
