// Who signed what in which order: a line for each member, a note for each statement, left to right as the ledger has them.

import { h } from '../dom.js';
import { counted } from '../format.js';
import { kindName, STEPS, stepOf } from '../words.js';

const NARROWEST = 14;

/**
 * A score of the slots of a round.
 *
 * @param slots as the node gives them
 * @param members the voices, in order
 */
export function score(slots, members) {
  const notes = slots.flatMap((slot) => slot.steps.map((step) => ({ ...step, slot }))).sort((one, other) => one.position - other.position);
  const strangers = notes.some((note) => !members.includes(note.author));
  const voices = strangers ? [...members, null] : members;
  const steps = [...new Set(notes.map((note) => stepOf(note.kind, note.verdict)))];
  const width = Math.max(notes.length, 1);
  const bars = slots.filter((slot) => slot.slot !== null && slot.steps.length > 0).map((slot) => {
    const first = notes.findIndex((note) => note.slot === slot);
    const last = notes.findLastIndex((note) => note.slot === slot);
    return { slot, from: first / width, part: (last - first + 1) / width };
  });
  return h(
    'figure',
    { class: 'score' },
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'img', 'aria-label': summary(notes, voices, slots) },
      h('div', { class: 'staff', style: { 'min-width': `${width * NARROWEST + 120}px` } }, [
        h('div', { class: 'bars' }, bars.map((bar) =>
          h('span', { class: `bar ${bar.slot.outcome}`, style: at(bar.from, bar.part) }, title(bar.slot)))),
        voices.map((voice) =>
          h('div', { class: 'voice' }, h('span', { class: 'name' }, voice ?? 'not a member'), h('div', { class: 'line' },
            notes.map((note, place) => (voice === null ? !members.includes(note.author) : note.author === voice) &&
              h('span', { class: `dot ${stepOf(note.kind, note.verdict)}`, style: { left: `${((place + 0.5) / width) * 100}%` }, title: `${note.position}: ${kindName(note.kind)}${note.verdict === 'rejected' ? ', rejected' : ''}` }))))),
      ])
    ),
    h('figcaption', {}, steps.map((step) => h('span', { class: 'key' }, h('span', { class: `dot ${step}` }), STEPS[step])))
  );
}

function at(from, part) {
  return { left: `${from * 100}%`, width: `${part * 100}%` };
}

function title(slot) {
  return slot.outcome === 'abandoned' ? `slot ${slot.slot}, given up` : `slot ${slot.slot}`;
}

function summary(notes, voices, slots) {
  const each = voices.map((voice) => {
    const own = notes.filter((note) => note.author === voice).length;
    return `${voice ?? 'others'} ${own}`;
  });
  return `${counted(notes.length, 'statement')} in ${counted(slots.length, 'slot')}, by author: ${each.join(', ')}. The table below has each.`;
}
