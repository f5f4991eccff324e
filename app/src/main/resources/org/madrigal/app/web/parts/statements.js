// Statements in a table.

import { h } from '../dom.js';
import { bytes } from '../format.js';
import { kindName, reasonWords } from '../words.js';
import { icon, memberLink, roundLink, statementLink, time } from './small.js';

/** Rows of statements; `authors` says whether to name who signed. */
export function statementTable(statements, authors = true) {
  const heads = ['Position', 'Time', ...(authors ? ['Signed by'] : []), 'Kind', 'What it says', 'Round', 'Bytes'];
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Statements, as a table' },
    h('table', { class: 'steps' },
      h('thead', {}, h('tr', {}, heads.map((words) => h('th', { scope: 'col', class: words === 'Bytes' || words === 'Round' ? 'right' : '' }, words)))),
      h('tbody', {}, statements.map((of) => row(of, authors))))
  );
}

function row(of, authors) {
  const refused = of.verdict === 'rejected';
  return h(
    'tr',
    { class: refused ? 'rejected' : '', 'data-key': of.position },
    h('td', {}, statementLink(of.position)),
    h('td', { class: 'nowrap' }, time(of.time)),
    authors && h('td', {}, of.author ? memberLink(of.author) : 'unknown'),
    h('td', { class: 'nowrap' }, kindName(of.kind)),
    h('td', { class: 'wide' }, of.sentence, refused && h('span', { class: 'reason' }, icon('bad'), h('span', {}, `Rejected: ${reasonWords(of.reason)}`, of.detail && ` It says: ${of.detail}.`))),
    h('td', { class: 'right number' }, of.round === null ? '–' : roundLink(of.round)),
    h('td', { class: 'right number nowrap' }, bytes(of.bytes))
  );
}
