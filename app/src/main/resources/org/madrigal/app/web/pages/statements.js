// All statements, with filters.

import { get } from '../ask.js';
import { h } from '../dom.js';
import { count, counted } from '../format.js';
import { empty, term } from '../parts/small.js';
import { statementTable } from '../parts/statements.js';
import { kindName, KINDS } from '../words.js';

const PAGE = 50;
const FILTERS = ['author', 'kind', 'rejected', 'round'];

export function title() {
  return 'Statements';
}

export async function load({ query }, signal) {
  const question = Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]));
  return get('/statements', { ...question, after: query.get('before'), order: 'desc', limit: PAGE }, signal);
}

export function view({ statements, total, next }, { place, federation }) {
  const query = place.query;
  const filtered = FILTERS.some((name) => query.get(name));
  return h(
    'div',
    { class: 'statements' },
    h('div', { class: 'titled' }, h('h1', {}, 'Statements'),
      h('p', { class: 'quiet' }, `${counted(total, 'entry', 'entries')} on the `, term('ledger'), ', the newest first. A rejected one stays for ever, with the reason, and changes nothing.')),
    filters(query, federation),
    statements.length === 0
      ? empty(filtered ? 'No statement is like that.' : 'Nobody has said anything yet.', filtered ? 'Take a filter away to see more.' : 'The founding charter is the first statement.')
      : h('div', { class: 'card bare' }, statementTable(statements)),
    h('div', { class: 'pages' },
      query.get('before') && h('a', { class: 'button', href: link(query, null) }, 'The newest'),
      next && statements.length > 0 && h('a', { class: 'button', href: link(query, statements[statements.length - 1].position) }, 'Older'))
  );
}

function filters(query, federation) {
  const authors = [...new Set([...(federation?.members ?? []).map((member) => member.id), ...(query.get('author') ? [query.get('author')] : [])])];
  return h(
    'form',
    { class: 'filters', 'aria-label': 'Filters', on: { change: (event) => apply(event.currentTarget), submit: (event) => { event.preventDefault(); apply(event.currentTarget); } } },
    choice('author', 'Signed by', [['', 'anybody'], ...authors.map((id) => [id, id])], query),
    choice('kind', 'Kind', [['', 'any'], ...Object.keys(KINDS).map((kind) => [kind, kindName(kind)])], query),
    choice('rejected', 'Verdict', [['', 'any'], ['false', 'counts'], ['true', 'rejected']], query),
    h('label', {}, h('span', {}, 'Round'), h('input', { type: 'number', name: 'round', min: 0, value: query.get('round') ?? '', inputmode: 'numeric', placeholder: 'any' })),
    FILTERS.some((name) => query.get(name)) && h('a', { class: 'button', href: '#/statements' }, 'Clear')
  );
}

function choice(name, words, options, query) {
  const chosen = query.get(name) ?? '';
  return h('label', {}, h('span', {}, words), h('select', { name, 'data-key': `${name}=${chosen}` }, options.map(([value, shown]) => h('option', { value, selected: value === chosen }, shown))));
}

function apply(form) {
  const chosen = new URLSearchParams();
  for (const name of FILTERS) {
    const value = new FormData(form).get(name);
    if (value) chosen.set(name, value);
  }
  location.hash = chosen.size > 0 ? `#/statements?${chosen}` : '#/statements';
}

function link(query, before) {
  const next = new URLSearchParams(query);
  if (before === null) next.delete('before');
  else next.set('before', String(before));
  return `#/statements${next.size > 0 ? `?${next}` : ''}`;
}
