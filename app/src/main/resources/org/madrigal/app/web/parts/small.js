// Small things that stand in many pages.

import { h, say, svg } from '../dom.js';
import { localTime, shortDigest } from '../format.js';
import { TERMS } from '../words.js';

const PATHS = {
  good: 'M3 8.5 6.5 12 13 4.5',
  bad: 'M4 4l8 8M12 4l-8 8',
  warn: 'M8 3.5v5.5M8 12v.5',
  waiting: 'M4 8h.5M8 8h.5M12 8h.5',
  live: 'M8 5.2a2.8 2.8 0 1 0 .01 0z',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  sun: 'M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1M10.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  left: 'M10 3.5 5.5 8l4.5 4.5',
  right: 'M6 3.5 10.5 8 6 12.5',
};

/** A drawing of 16 by 16 that says nothing to a screen reader. */
export function icon(name) {
  return svg(
    'svg',
    { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: PATHS[name] })
  );
}

/** A state as a word with a sign: never by colour alone. */
export function pill(words, tone) {
  return h('span', { class: `pill ${tone}` }, icon(tone), h('span', {}, words));
}

/** Puts text on the clipboard when pressed. */
export function copyButton(text, what) {
  return h(
    'button',
    {
      type: 'button',
      class: 'copy',
      'aria-label': `Copy ${what}`,
      title: `Copy ${what}`,
      on: { click: (event) => copy(event.currentTarget, text, what) },
    },
    icon('copy')
  );
}

async function copy(button, text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (refused) {
    say(`The browser does not let this page copy the ${what}.`);
    return;
  }
  say(`Copied the ${what}.`);
  button.classList.add('copied');
  setTimeout(() => button.classList.remove('copied'), 1200);
}

export function digest(value, what = 'digest') {
  if (!value) return h('span', { class: 'quiet' }, '–');
  return h('span', { class: 'digest' }, h('code', { title: value }, shortDigest(value)), copyButton(value, what));
}

/** A sentence in which whole digests are shortened and can be copied. */
export function prose(sentence) {
  return sentence.split(/([0-9a-f]{64})/).map((part, at) => (at % 2 === 1 ? digest(part) : part));
}

/** A time as this browser's clock tells it, with the exact one behind it. */
export function time(iso) {
  if (!iso) return h('span', { class: 'quiet' }, '–');
  return h('time', { datetime: iso, title: iso, class: 'number' }, localTime(iso));
}

/** A word that explains itself when it is pressed. */
export function term(name, shown = name) {
  return h(
    'button',
    { type: 'button', class: 'term', 'aria-haspopup': 'dialog', on: { click: (event) => explain(event.currentTarget, name) } },
    shown
  );
}

function explain(button, name) {
  document.getElementById('explained')?.remove();
  const note = h('div', { id: 'explained', class: 'explained', popover: 'auto', role: 'dialog', 'aria-label': `What is: ${name}` }, TERMS[name]);
  button.after(note);
  note.addEventListener('toggle', (event) => event.newState === 'closed' && note.remove());
  note.showPopover();
  const at = button.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, window.innerWidth - note.offsetWidth - 8));
  const below = at.bottom + 8 + note.offsetHeight <= window.innerHeight;
  note.style.setProperty('left', `${left}px`);
  note.style.setProperty('top', `${below ? at.bottom + 8 : at.top - note.offsetHeight - 8}px`);
}

/** Names and values, side by side; rows without a value are left out. */
export function facts(...rows) {
  return h(
    'dl',
    { class: 'facts' },
    rows.filter((row) => row && row[1] !== null && row[1] !== undefined).map(([name, ...value]) =>
      h('div', {}, h('dt', {}, name), h('dd', {}, value))
    )
  );
}

/** A titled part of a page. */
export function card(title, properties, ...children) {
  const { id = title.toLowerCase().replace(/[^a-z]+/g, '-'), aside, className = '' } = properties ?? {};
  return h(
    'section',
    { class: `card ${className}`, 'aria-labelledby': id, 'data-key': id },
    h('div', { class: 'head' }, h('h2', { id }, title), aside),
    children
  );
}

/** What stands where there is nothing yet: why, and what will come. */
export function empty(sentence, more) {
  return h('div', { class: 'empty' }, h('p', {}, sentence), more && h('p', { class: 'quiet' }, more));
}

/** A command, to be typed where this node's files are. */
export function command(text) {
  return h('div', { class: 'command' }, h('code', {}, text), copyButton(text, 'command'));
}

export function memberLink(id) {
  return h('a', { href: `#/members/${encodeURIComponent(id)}` }, id);
}

export function statementLink(position) {
  return h('a', { href: `#/statements/${position}`, class: 'number' }, String(position));
}

export function roundLink(round) {
  return h('a', { href: `#/rounds/${round}`, class: 'number' }, String(round));
}
