// The whole training as a row of cells, one for each round, or as a bar where there are too many.

import { h } from '../dom.js';

const MOST_CELLS = 120;

export function strip(series, status) {
  const total = status.progress.rounds;
  if (total === 0) return h('div', { class: 'strip' });
  if (total > MOST_CELLS) {
    return h('div', { class: 'strip whole' }, h('span', { style: { width: `${status.progress.fraction * 100}%` } }));
  }
  const known = new Map(series.rounds.map((round, at) => [round, at]));
  return h(
    'div',
    { class: 'strip', 'aria-hidden': 'true' },
    Array.from({ length: total }, (none, at) => {
      const round = at + 1;
      const place = known.get(round);
      const tries = place === undefined ? 0 : series.slots[place];
      const done = round <= status.progress.roundsDone;
      const state = done ? (tries > 1 ? 'done again' : 'done') : round === status.round ? 'running' : 'coming';
      return h('span', { class: state, title: words(round, state, tries) });
    })
  );
}

function words(round, state, tries) {
  if (state === 'coming') return `Round ${round}: still to come`;
  if (state === 'running') return `Round ${round}: running`;
  return tries > 1 ? `Round ${round}: done after ${tries} attempts` : `Round ${round}: done`;
}
