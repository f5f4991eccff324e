// What stands around every page: name, state of the connection, theme, menu.

import { h, morph } from './dom.js';
import { count } from './format.js';
import { icon, pill } from './parts/small.js';

const PAGES = [
  ['', 'Overview'],
  ['rounds', 'Rounds'],
  ['members', 'Members'],
  ['statements', 'Statements'],
  ['model', 'Model & predict'],
  ['charter', 'Charter'],
  ['audit', 'Audit'],
];

const top = document.getElementById('top');
const nav = document.getElementById('nav');
let unfolded = false;

/** Draws it anew; `known` has index, status, federation, place and whether the connection stands. */
export function drawShell(known) {
  morphInto(top, bar(known));
  morphInto(nav, menu(known));
  nav.classList.toggle('unfolded', unfolded);
}

function morphInto(shown, children) {
  const next = shown.cloneNode(false);
  next.append(...children.filter(Boolean));
  morph(shown, next);
}

function bar(known) {
  const { index, federation, status } = known;
  return [
    h('button', { type: 'button', class: 'fold', 'aria-label': 'Menu', 'aria-expanded': String(unfolded), 'aria-controls': 'nav', on: { click: () => fold(!unfolded, known) } }, icon('menu')),
    h('a', { class: 'brand', href: '#/', 'aria-label': 'Madrigal: the overview' }, h('img', { src: '/icon.svg', alt: '', width: 24, height: 24 }), h('span', {}, 'Madrigal')),
    h('span', { class: 'whose' }, federation?.name ?? index?.federation?.name ?? '', status?.member ? h('span', { class: 'quiet' }, ` at ${status.member.name}`) : index?.serves === 'ledger' ? h('span', { class: 'quiet' }, ' a copy of the ledger') : null),
    connection(known.standing),
    h('button', { type: 'button', class: 'theme', 'aria-label': isDark() ? 'Use the light theme' : 'Use the dark theme', title: isDark() ? 'Use the light theme' : 'Use the dark theme', on: { click: () => turn(known) } }, icon(isDark() ? 'sun' : 'moon')),
  ];
}

function connection(standing) {
  const [words, tone, meaning] =
    standing === null
      ? ['Connecting', 'waiting', 'The page asks the node for its events.']
      : standing
        ? ['Live', 'on', 'What happens appears by itself.']
        : ['Not connected', 'off', 'The node does not answer. What you see is what it said last; the page tries again by itself.'];
  return h('span', { class: `connection ${tone}`, role: 'status', title: meaning }, h('span', { class: 'lamp', 'aria-hidden': 'true' }), words);
}

function menu({ place, status }) {
  return [
    h('ul', {}, PAGES.map(([path, words]) =>
      h('li', {}, h('a', { href: `#/${path}`, 'aria-current': isAt(path, place) ? 'page' : null }, words)))),
    h('p', { class: 'quiet foot' }, status && `${count(status.position)} entries read`, h('br'), h('a', { href: '/api' }, 'REST API')),
  ];
}

function isAt(path, place) {
  return (place?.segments[0] ?? '') === path;
}

export function fold(open, known) {
  unfolded = open;
  drawShell(known);
}

function isDark() {
  return document.documentElement.dataset.theme !== 'light';
}

function turn(known) {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem('madrigal.theme', theme);
  } catch (refused) {
    // It holds until the page is closed.
  }
  document.dispatchEvent(new Event('theme'));
  drawShell(known);
}

/** What stands above a page where something is wrong with the whole ledger. */
export function banner({ status, place }) {
  if (!status || status.replay.verdict !== 'broken' || place?.segments[0] === 'audit') return null;
  return h('div', { class: 'note bad', role: 'alert', 'data-key': 'banner' }, icon('bad'),
    h('p', {}, h('b', {}, `This ledger is broken at position ${count(status.replay.position)}. `), `${status.replay.reason}. What you see comes from the entries before it. `, h('a', { href: '#/audit' }, 'What to do')));
}
