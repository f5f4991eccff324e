// One round, step by step.

import { find } from '../ask.js';
import { h } from '../dom.js';
import { bytes, count, counted, duration, figure, figureName, hexLines, listed } from '../format.js';
import { histogram } from '../parts/histogram.js';
import { score } from '../parts/score.js';
import { card, command, digest, empty, facts, icon, memberLink, pill, prose, statementLink, term, time } from '../parts/small.js';
import { kindName, reasonWords, ROUND_STATES } from '../words.js';

export function title({ id }) {
  return `Round ${id}`;
}

export async function load({ id }, signal) {
  const number = Number(id);
  if (!Number.isInteger(number) || number < 0) return { round: null, before: null };
  const [round, before] = await Promise.all([
    find(`/rounds/${number}`, {}, signal),
    number > 0 ? find(`/models/${number - 1}`, {}, signal) : null,
  ]);
  return { round, before };
}

export function view({ round, before }, { place, federation, status }) {
  if (!round) {
    return h('div', {}, h('h1', {}, `Round ${place.id}`), empty('There is no such round yet.', 'Rounds appear when they are opened.'), h('p', {}, h('a', { href: '#/rounds' }, 'All rounds')));
  }
  const members = (federation?.members ?? []).map((member) => member.id);
  return h(
    'div',
    { class: 'round' },
    heading(round, status),
    round.state !== 'closed' && round.state !== 'open' && trouble(round),
    h(
      'div',
      { class: 'two uneven' },
      card('What happened', {}, h('ol', { class: 'story' }, round.sentences.map((sentence) => h('li', {}, prose(sentence))))),
      card('In numbers', {}, numbers(round, before))
    ),
    card('Who signed what, when', { aside: term('ledger', 'What is the ledger?') }, score(round.slotList, members)),
    noise(round, federation),
    steps(round),
    card('Check it yourself', {}, h('p', {}, 'Where the files of a ledger are, this replays it and works out every model anew:'), command(round.audit))
  );
}

function heading(round, status) {
  const [words, tone] = ROUND_STATES[round.state] ?? [round.state, 'waiting'];
  const name = round.task === 'preparation' ? 'Before round 1' : round.task === 'evaluation' ? 'The evaluation' : `Round ${count(round.round)}`;
  return h(
    'div',
    { class: 'titled' },
    h('h1', {}, name),
    pill(words, tone),
    h(
      'span',
      { class: 'pager' },
      round.round > 0 ? h('a', { href: `#/rounds/${round.round - 1}`, class: 'button', 'aria-label': 'The round before' }, icon('left')) : null,
      h('a', { href: `#/rounds/${round.round + 1}`, class: 'button', 'aria-label': 'The next round' }, icon('right'))
    )
  );
}

function trouble(round) {
  const last = [...round.slotList].reverse().find((slot) => slot.reason);
  return h('div', { class: 'note bad', role: 'note' }, icon('bad'),
    h('p', {}, round.state === 'discarded' ? 'The sum of this round cannot be right, so the model stayed as it was.' : 'This ended without a result, and the federation went on.', last && ` ${last.reason}`));
}

function numbers(round, before) {
  return facts(
    round.task === 'training' && ['Updates in the sum', counted(round.participants, 'member'), round.survivors.length > 0 && [': ', names(round.survivors)]],
    round.absent.length > 0 && ['Left out', names(round.absent)],
    ['Attempts', round.abandoned > 0 ? `${round.slots}, of which ${round.abandoned} given up` : count(round.slots), ' ', term('slot', 'What is that?')],
    ['Took', duration(round.seconds), round.opened && [' from ', time(round.opened.time)]],
    ['On the ledger', `${counted(round.statements, 'statement')}, ${bytes(round.bytes)}`, round.rejected > 0 && [', ', h('a', { href: `#/statements?round=${round.round}&rejected=true` }, `${round.rejected} rejected`)]],
    before?.digest && ['Model before', digest(before.digest)],
    round.model?.digest && ['Model after', digest(round.model.digest), ' ', h('span', { class: 'quiet' }, term(round.model.recomputed ? 'recomputed' : 'attested'))],
    ...Object.entries(round.figures).map(([name, value]) => [figureName(name), h('span', { class: 'number' }, figure(name, value))])
  );
}

function names(ids) {
  return ids.map((id, at) => [at > 0 && ', ', memberLink(id)]);
}

function noise(round, federation) {
  const { ledger, opened } = round.sample;
  const masked = ledger && ledger.kind === 'masked-update';
  if (!ledger && !opened) {
    return round.task === 'training' && card('One update, and the sum', {}, empty('No update has come yet.', 'Here you will see what one looks like on the ledger, beside what the sum of all says.'));
  }
  return card(
    'One update, and the sum',
    { aside: federation?.privacy.level === 'masked' && term('masked', 'How can that be?') },
    h(
      'div',
      { class: 'contrast' },
      h('div', {}, h('h3', {}, ledger ? ['What ', memberLink(ledger.author), ' sent'] : 'What a member sent'),
        ledger
          ? [h('p', { class: 'quiet' }, ledger.words),
             histogram(ledger.histogram, masked ? 'noise' : 'sum', ledger.of === 'bytes' ? 'bytes by value' : 'numbers by value', bound),
             h('pre', { class: 'hex', tabindex: 0, 'aria-label': 'The first bytes, in hexadecimal' }, hexLines(ledger.hex)),
             h('p', { class: 'quiet' }, `The first ${count(ledger.hex.length / 2)} of ${bytes(ledger.bytes)}, at position `, statementLink(ledger.position), '.')]
          : empty('No update has come yet.')),
      h('div', {}, h('h3', {}, 'What the sum says'),
        opened
          ? [h('p', { class: 'quiet' }, opened.words),
             histogram(opened.histogram, 'sum', 'changes of parameters by size', bound),
             h('pre', { class: 'hex', tabindex: 0, 'aria-label': 'The first changes of the model' }, values(opened.values)),
             h('p', { class: 'quiet' }, `The first ${count(opened.values.length)} changes of the model that this round brought.`)]
          : empty('The sum is closed to this reader.', round.state === 'open' ? 'It opens when enough members have released their shares.' : 'Only the members have the key that opens it; the model’s digest is known from their word.'))
    )
  );
}

function bound(value) {
  return Number.isInteger(value) ? count(value) : value.toPrecision(2);
}

function values(list) {
  const lines = [];
  for (let at = 0; at < list.length; at += 4) lines.push(list.slice(at, at + 4).map((value) => value.toFixed(5).padStart(9)).join(' '));
  return lines.join('\n');
}

function steps(round) {
  return card(
    'Step by step',
    { aside: h('a', { href: `#/statements?round=${round.round}` }, 'As statements') },
    [...round.slotList].sort((one, other) => (one.slot ?? Infinity) - (other.slot ?? Infinity)).map((slot) => slotTable(slot)),
    round.stepsOmitted > 0 && h('p', { class: 'quiet' }, `${counted(round.stepsOmitted, 'more step')} are not shown here; they are among the `, h('a', { href: `#/statements?round=${round.round}` }, 'statements'), '.')
  );
}

function slotTable(slot) {
  if (slot.steps.length === 0 && !slot.reason) return null;
  const name = slot.slot === null ? 'Outside of a slot' : `Slot ${slot.slot}`;
  const outcome = { open: ['Open', 'live'], opened: ['The sum opened', 'good'], abandoned: ['Given up', 'warn'] }[slot.outcome];
  return h(
    'div',
    { class: 'slot', 'data-key': `slot-${slot.slot}` },
    h('h3', {}, name, ' ', outcome && pill(...outcome)),
    slot.reason && h('div', { class: 'note warn' }, icon('warn'), h('p', {}, `Given up: ${slot.reason}. It is tried again in the next slot.`)),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Steps, ${name}` },
      h('table', { class: 'steps' },
        h('thead', {}, h('tr', {}, ['Position', 'Time', 'Signed by', 'Kind', 'What it says', 'Bytes'].map((words, at) => h('th', { scope: 'col', class: at === 5 ? 'right' : at === 0 ? 'number' : '' }, words)))),
        h('tbody', {}, slot.steps.map(step))))
  );
}

function step(of) {
  const refused = of.verdict === 'rejected';
  return [
    h('tr', { class: refused ? 'rejected' : '', 'data-key': of.position },
      h('td', {}, statementLink(of.position)),
      h('td', {}, time(of.time)),
      h('td', {}, of.author ? memberLink(of.author) : 'unknown'),
      h('td', { class: 'nowrap' }, kindName(of.kind)),
      h('td', { class: 'wide' }, prose(of.sentence),
        refused && h('span', { class: 'reason' }, icon('bad'), h('span', {}, `Rejected: ${reasonWords(of.reason)}`)),
        of.happened.map((what) => h('span', { class: 'happened' }, icon('right'), h('span', {}, prose(what))))),
      h('td', { class: 'right number nowrap' }, bytes(of.bytes))),
  ];
}
