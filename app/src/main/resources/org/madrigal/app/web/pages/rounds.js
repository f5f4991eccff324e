// All rounds, however many.

import { get } from '../ask.js';
import { h } from '../dom.js';
import { bytes, count, counted, duration, figure, figureHead, figureName } from '../format.js';
import { longList } from '../parts/list.js';
import { digest, empty, pill, term, time } from '../parts/small.js';
import { ROUND_STATES } from '../words.js';

const PREFERRED = ['test.accuracy', 'test.auc', 'test.loss', 'train.loss'];

export function title() {
  return 'Rounds';
}

export async function load(place, signal) {
  return get('/rounds', { order: 'desc', limit: 2 }, signal);
}

export function view({ rounds, total }, { status }) {
  if (total === 0) {
    return h('div', {}, h('h1', {}, 'Rounds'), empty('There is no round yet.', 'The first one is opened when enough members have enrolled and have agreed on keys.'));
  }
  const measured = PREFERRED.filter((name) => rounds.some((round) => name in round.figures)).slice(0, 2);
  return h(
    'div',
    { class: 'rounds' },
    h(
      'div',
      { class: 'titled' },
      h('h1', {}, 'Rounds'),
      h('p', { class: 'quiet' }, `${counted(status.progress.roundsDone, 'round')} of ${count(status.progress.rounds)} done. `, 'Round 0 is all that comes before training. ', term('round', 'What is a round?')),
      jump(total)
    ),
    longList({
      label: 'Rounds, the newest first',
      total,
      columns: columns(measured),
      fetch: async (from, many) => (await get('/rounds', { after: from > 0 ? from - 1 : null, limit: many })).rounds,
      row: (round) => row(round, measured),
    })
  );
}

function columns(measured) {
  return [
    { title: 'Round', className: 'c-id number' },
    { title: 'State', className: 'c-state' },
    { title: 'Updates', className: 'c-who right number' },
    { title: 'Attempts', className: 'c-tries right number' },
    ...measured.map((name) => ({ title: h('span', { title: figureName(name) }, figureHead(name)), className: 'c-figure right number' })),
    { title: 'Took', className: 'c-took right number' },
    { title: 'Bytes', className: 'c-bytes right number' },
    { title: 'Model', className: 'c-model' },
    { title: 'Closed', className: 'c-time right' },
  ];
}

function row(round, measured) {
  const [words, tone] = ROUND_STATES[round.state] ?? [round.state, 'waiting'];
  const expected = round.participants + round.absent.length;
  return [
    h('a', { href: `#/rounds/${round.round}` }, count(round.round)),
    [pill(words, tone), round.rejected > 0 && h('span', { class: 'mark bad', title: `${counted(round.rejected, 'rejected statement')}` }, `${round.rejected} rejected`)],
    round.task === 'training' && expected > 0 ? h('span', { class: round.absent.length > 0 ? 'warned' : '' }, `${round.participants} of ${expected}`) : '–',
    round.abandoned > 0 ? h('span', { class: 'warned', title: `${counted(round.abandoned, 'attempt')} given up` }, String(round.slots)) : String(round.slots),
    ...measured.map((name) => figure(name, round.figures[name])),
    duration(round.seconds),
    bytes(round.bytes),
    digest(round.model?.digest ?? null),
    time(round.closed?.time ?? null),
  ];
}

function jump(total) {
  return h(
    'form',
    { class: 'jump', on: { submit: (event) => go(event, total) } },
    h('label', { for: 'jump' }, 'Go to round'),
    h('input', { id: 'jump', name: 'round', type: 'number', min: 0, max: total - 1, required: true, inputmode: 'numeric' }),
    h('button', { type: 'submit' }, 'Open')
  );
}

function go(event, total) {
  event.preventDefault();
  const round = Number(new FormData(event.currentTarget).get('round'));
  if (Number.isInteger(round) && round >= 0 && round < total) location.hash = `#/rounds/${round}`;
}
