// What the members signed up to, in words and as the file.

import { h } from '../dom.js';
import { count, counted, duration } from '../format.js';
import { card, copyButton, digest, empty, facts, memberLink, statementLink, term, time } from '../parts/small.js';

export function title() {
  return 'Charter';
}

export async function load() {
  return null;
}

const LEVELS = { masked: 'Masked: only the sum opens', members: 'Members only: strangers see no update', none: 'None: everybody can read every update' };

export function view(none, { federation }) {
  if (!federation) {
    return h('div', {}, h('h1', {}, 'Charter'), empty('There is no charter on this ledger yet.', 'It is the first statement: one member founds the federation with it.'));
  }
  return h(
    'div',
    { class: 'charter' },
    h('div', { class: 'titled' }, h('h1', {}, 'Charter'), h('p', { class: 'quiet' }, 'What all members signed up to. Nobody can change it: a node that finds another one stops. ', term('charter', 'What is a charter?'))),
    h('div', { class: 'two' },
      card('In words', {}, h('ul', { class: 'story' }, federation.charter.words.filter((sentence) => !federation.privacy.words.includes(sentence)).map((sentence) => h('li', {}, sentence)))),
      card('In numbers', {}, numbers(federation))),
    card('Who sees what', {}, h('p', { class: 'lead' }, LEVELS[federation.privacy.level] ?? federation.privacy.level),
      h('ul', { class: 'plain' }, federation.privacy.words.map((sentence) => h('li', {}, sentence))),
      h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Who sees what, as a table' }, h('table', {},
        h('thead', {}, h('tr', {}, ['Who', 'Sees', 'Does not see'].map((words) => h('th', { scope: 'col' }, words)))),
        h('tbody', {}, federation.privacy.hides.map((row) => h('tr', {}, h('th', { scope: 'row' }, row.who), h('td', {}, row.sees), h('td', {}, row.hidden))))))),
    card('Members', {}, h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Members and their keys' }, h('table', {},
      h('thead', {}, h('tr', {}, ['Member', 'Public key', 'Weight'].map((words, at) => h('th', { scope: 'col', class: at === 2 ? 'right' : '' }, words)))),
      h('tbody', {}, federation.members.map((member) => h('tr', {}, h('th', { scope: 'row' }, memberLink(member.id)), h('td', {}, digest(member.key, 'public key')), h('td', { class: 'right number' }, member.weight === null ? 'masked' : count(member.weight)))))))),
    card('As the file', { aside: copyButton(federation.charter.text, 'charter') }, h('pre', { class: 'file', tabindex: 0, 'aria-label': 'The file of the charter' }, federation.charter.text))
  );
}

function numbers(federation) {
  const { privacy, training, aggregation, deadlines, model } = federation;
  return facts(
    ['Digest', digest(federation.id), ' ', h('span', { class: 'quiet' }, 'names the federation')],
    federation.founded && ['On the ledger', 'at position ', statementLink(federation.founded.position), ', ', time(federation.founded.time)],
    ['Members', `${count(federation.members.length)}, at least ${count(federation.minimum)} in a round`, ' ', term('minimum', 'Why?')],
    ['Votes that exclude one', count(federation.votes)],
    privacy.colluders !== null && ['May collude', counted(privacy.colluders, 'member'), ' ', term('colluders', 'What does that mean?')],
    privacy.threshold !== null && ['Open a sum', counted(privacy.threshold, 'member')],
    ['Model', counted(model.parameters, 'parameter'), ', ', h('a', { href: '#/model' }, 'see its layers')],
    ['Rounds', count(training.rounds)],
    ['In a round, each member trains', training.local],
    ['Drawn for a round', training.fraction === 1 ? 'all members' : `${Math.round(training.fraction * 100)} % of the members`],
    ['Server optimiser', training.strategy],
    ['Updates are combined by', aggregation.words],
    ['Deadline to enrol', duration(deadlines.enrolmentSeconds)],
    ['Deadline of a round', duration(deadlines.roundSeconds)],
    deadlines.stepSeconds !== null && ['Deadline of a step', duration(deadlines.stepSeconds)]
  );
}
