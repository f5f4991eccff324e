// Which page is shown, and when it is drawn anew.

import { find, get, Problem } from './ask.js';
import { h, morph, say } from './dom.js';
import { listen } from './live.js';
import { icon } from './parts/small.js';
import { banner, drawShell, fold } from './shell.js';
import * as audit from './pages/audit.js';
import * as charter from './pages/charter.js';
import * as member from './pages/member.js';
import * as members from './pages/members.js';
import * as model from './pages/model.js';
import * as overview from './pages/overview.js';
import * as round from './pages/round.js';
import * as rounds from './pages/rounds.js';
import * as statement from './pages/statement.js';
import * as statements from './pages/statements.js';

const ALL = { '': overview, rounds, members, statements, model, charter, audit };
const ONE = { rounds: round, members: member, statements: statement };
const SHORTEST_PAUSE = 1000;
const PATIENCE = 150;

const main = document.getElementById('main');
const known = { index: null, status: null, federation: null, place: null, standing: null };
let turn = 0;
let asked = new AbortController();

/** The page that the address names, with what it asks for. */
function where() {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const segments = path.split('/').filter((part) => part !== '').map(decode);
  const page = segments.length < 2 ? ALL[segments[0] ?? ''] : ONE[segments[0]];
  return { page, segments, id: segments[1] ?? null, query: new URLSearchParams(query) };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch (malformed) {
    return part;
  }
}

async function show(fresh) {
  const mine = ++turn;
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  const place = where();
  known.place = place;
  if (!place.page) return draw(missing(), 'No such page', fresh);
  const waiting = fresh && setTimeout(() => mine === turn && draw(skeleton(), place.page.title(place), fresh), PATIENCE);
  try {
    const [status, federation, content] = await Promise.all([
      get('/status', {}, signal),
      known.federation ?? find('/federation', {}, signal),
      place.page.load(place, signal),
    ]);
    if (mine !== turn) return;
    Object.assign(known, { status, federation });
    draw([banner(known), place.page.view(content, known)], place.page.title(place), fresh);
  } catch (failure) {
    if (mine !== turn || failure.name === 'AbortError') return;
    if (failure instanceof Problem && failure.status === 401) location.replace('/login' + location.hash);
    else if (fresh) draw(trouble(failure), 'Trouble', fresh);
    if (!(failure instanceof Problem)) console.error(failure);
  } finally {
    clearTimeout(waiting);
  }
}

function draw(content, title, fresh) {
  document.title = `${title} · ${known.federation?.name ?? 'Madrigal'}`;
  const next = main.cloneNode(false);
  const key = location.hash.split('?')[0];
  next.append(h('div', { class: 'content', 'data-key': key }, content));
  drawShell(known);
  const other = main.firstElementChild?.dataset.key !== key;
  morph(main, next);
  if (fresh && other) {
    window.scrollTo(0, 0);
    say(title);
  }
}

function skeleton() {
  return h('div', { class: 'skeleton', 'aria-busy': 'true' }, h('p', { class: 'hidden' }, 'Loading'), [1, 2, 3].map(() => h('div', { class: 'card' })));
}

function missing() {
  return [h('h1', {}, 'No such page'), h('p', {}, h('a', { href: '#/' }, 'Go to the overview'))];
}

function trouble(failure) {
  const sentence = failure instanceof Problem ? failure.message : 'This page could not be drawn.';
  return [
    h('h1', {}, failure.status === 0 ? 'The node does not answer' : 'That did not work'),
    h('div', { class: 'note warn big' }, icon('warn'), h('div', {}, h('p', {}, sentence), failure.status === 0 && h('p', {}, 'It may be stopped, or starting. Nothing is lost: a node that comes back reads the ledger and goes on. This page tries again by itself.'))),
    h('p', {}, h('button', { type: 'button', class: 'primary', on: { click: () => show(true) } }, 'Try again')),
  ];
}

/** Draws anew soon after something happened, at most once a second, and not while nobody looks. */
let due = null;
let stale = false;
function again() {
  if (document.hidden) {
    stale = true;
    return;
  }
  due ??= setTimeout(() => {
    due = null;
    show(false);
  }, SHORTEST_PAUSE);
}

window.addEventListener('hashchange', () => {
  if (document.getElementById('nav').classList.contains('unfolded')) fold(false, known);
  const from = document.activeElement;
  show(true).then(() => {
    if (from === document.body || !from?.isConnected) main.focus({ preventScroll: true });
  });
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && stale) {
    stale = false;
    again();
  }
});
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});

drawShell(known);
find('').then((index) => {
  known.index = index;
  drawShell(known);
}, () => {});
show(true);
listen(
  (kind) => again(),
  (standing) => {
    const back = standing && known.standing === false;
    known.standing = standing;
    drawShell(known);
    if (back || (standing && main.querySelector('.note.big.warn'))) show(false);
    else if (standing) again(); // what happened between the first answers and now is not told
  }
);
