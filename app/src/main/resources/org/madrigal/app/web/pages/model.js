// The current model, the ones before it, and what it says of a row.

import { find, get } from '../ask.js';
import { h } from '../dom.js';
import { count, counted, figure, figureName } from '../format.js';
import { longList } from '../parts/list.js';
import { predictForm } from '../parts/predict.js';
import { card, command, digest, empty, facts, roundLink, term, time } from '../parts/small.js';

export function title() {
  return 'Model & predict';
}

/** Who has no key has no model; who is no member has no rows that say how inputs are scaled. */
function predicting(model, federation, status) {
  if (!model.recomputed) return empty('This reader cannot predict.', 'It has no key to open the sums, so it knows only the digests of the models. Ask the node of a member.');
  if (federation.data.normalisation === 'member' && !status.member) return empty('This reader cannot predict.', 'Under this charter each member scales inputs by its own rows, so only the node of a member can. Or export the model.');
  return predictForm(federation.data);
}

export async function load(place, signal) {
  const newest = await get('/models', { order: 'desc', limit: 1 }, signal);
  const row = newest.models[0] ?? null;
  return { total: newest.total, model: row && (await find(`/models/${row.round}`, {}, signal)) };
}

export function view({ total, model }, { federation, status }) {
  if (!federation || !model) {
    return h('div', {}, h('h1', {}, 'Model'), empty('There is no model yet.', 'The first one comes with the charter or when training begins.'));
  }
  const layers = federation.model.layers;
  return h(
    'div',
    { class: 'model' },
    h('div', { class: 'titled' }, h('h1', {}, 'Model'), h('p', { class: 'quiet' }, federation.model.words, '. ', federation.data.classes > 0 ? 'It tells ' : 'It estimates ', federation.data.target, '.')),
    h('div', { class: 'two' },
      card('The current model', {}, facts(
        ['After round', roundLink(model.round)],
        ['Digest', digest(model.digest), ' ', h('span', { class: 'quiet' }, term(model.recomputed ? 'recomputed' : 'attested'))],
        ['Parameters', count(model.parameters), ' ', term('parameters', 'What are they?')],
        ['Updates in it', counted(model.contributors, 'member')],
        ['Attested by', counted(model.attestedBy, 'member')],
        ['Loss that is trained', federation.model.loss],
        ...Object.entries(model.figures).map(([name, value]) => [figureName(name), h('span', { class: 'number' }, figure(name, value))]),
        model.place && ['On the ledger', time(model.place.time)]),
        h('p', {}, 'To use it elsewhere, export it:'), command(model.command)),
      card('Predict', { className: 'predicts' }, predicting(model, federation, status))),
    card('Layers', {}, h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Layers, as a table' }, h('table', {},
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'right' }, 'Layer'), h('th', { scope: 'col' }, 'What it is'), h('th', { scope: 'col' }, 'Gives'), h('th', { scope: 'col', class: 'right' }, 'Parameters'), h('th', { scope: 'col' }, 'Share'))),
      h('tbody', {}, layers.map((layer) => h('tr', {},
        h('th', { scope: 'row', class: 'right number' }, count(layer.index)), h('td', {}, layer.words), h('td', { class: 'number' }, layer.output.join(' × ')), h('td', { class: 'right number' }, count(layer.parameters)),
        h('td', { class: 'wide' }, h('span', { class: 'meter' }, h('span', { style: { width: `${(layer.parameters / Math.max(1, federation.model.parameters)) * 100}%` } }))))))))),
    card('All models', { className: 'bare' }, longList({
      label: 'Models, the newest first',
      total,
      columns: [
        { title: 'Round', className: 'c-id number' },
        { title: 'Digest', className: 'c-model' },
        { title: 'Known by', className: 'c-state' },
        { title: 'Updates in it', className: 'c-who right number' },
        { title: 'Time', className: 'c-time right' },
      ],
      fetch: async (from, many) => (await get('/models', { after: from > 0 ? from - 1 : null, limit: many })).models,
      row: (of) => [roundLink(of.round), digest(of.digest), of.recomputed ? 'recomputed' : of.attestedBy > 0 ? `the word of ${counted(of.attestedBy, 'member')}` : 'nobody’s word yet', count(of.contributors), time(of.place?.time ?? null)],
    }))
  );
}
