// A form made from the charter's columns, that asks the model of the node.

import { Problem, post } from '../ask.js';
import { h, say } from '../dom.js';
import { count, counted } from '../format.js';

const MOST_ROWS = 1000;

/** The form; `data` is what the charter says of a row. */
export function predictForm(data) {
  const answer = h('div', { class: 'answer', role: 'region', 'aria-label': 'Prediction' }, h('p', { class: 'quiet' }, 'Nothing leaves this node: it asks its own copy of the model.'));
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const columns = data.columns ?? [];
  const form = h(
    'form',
    { class: 'predict', novalidate: true, on: { submit: (event) => ask(event, data, answer, wrong) } },
    columns.length > 0
      ? h('div', { class: 'fields' }, columns.map((column, at) => field(column, at, data.missing)))
      : pixels(data.shape ?? []),
    wrong,
    h('div', { class: 'buttons' }, h('button', { type: 'submit', class: 'primary' }, 'Predict'), h('button', { type: 'reset', on: { click: () => clear(wrong) } }, 'Clear'))
  );
  const whole = h('div', { class: 'predicting' }, form, columns.length > 0 && several(columns, answer), answer);
  // What is half typed stays: the form does not change while a charter holds.
  whole.model = null;
  whole.renew = () => {};
  return whole;
}

function field(column, at, missing) {
  const id = `column-${at}`;
  if (column.kind === 'level') {
    return h('div', { class: 'field' }, h('label', { for: id }, column.column), h('select', { id, name: id }, h('option', { value: '' }, 'not known'), (column.levels ?? []).map((level) => h('option', { value: level }, level))));
  }
  const bounds = column.low !== null && column.high !== null ? `${plain(column.low)} to ${plain(column.high)}` : '';
  return h('div', { class: 'field' }, h('label', { for: id }, column.column, bounds && h('span', { class: 'quiet' }, ` ${bounds}`)), h('input', { id, name: id, type: 'text', inputmode: 'decimal', autocomplete: 'off', placeholder: missing.length > 0 ? 'not known' : '' }));
}

function plain(value) {
  return Number.isInteger(value) ? count(value) : String(value);
}

function pixels(shape) {
  const many = shape.reduce((product, side) => product * side, 1);
  return h('div', { class: 'field' }, h('label', { for: 'pixels' }, `The ${count(many)} pixels (${shape.join(' × ')}), row by row, 0 to 255, separated by commas`), h('textarea', { id: 'pixels', name: 'pixels', rows: 6, spellcheck: 'false' }));
}

function several(columns, answer) {
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  return h('details', { class: 'several' }, h('summary', {}, 'Several rows at once'),
    h('form', { novalidate: true, on: { submit: (event) => askSeveral(event, columns, answer, wrong) } },
      h('label', { for: 'rows' }, 'Rows as CSV; the first line names the columns'),
      h('textarea', { id: 'rows', name: 'rows', rows: 6, spellcheck: 'false', placeholder: columns.slice(0, 4).map((column) => column.column).join(',') + (columns.length > 4 ? ',…' : '') }),
      wrong,
      h('button', { type: 'submit' }, 'Predict all')));
}

async function ask(event, data, answer, wrong) {
  event.preventDefault();
  const given = new FormData(event.currentTarget);
  const row = data.columns
    ? Object.fromEntries(data.columns.map((column, at) => [column.column, value(given.get(`column-${at}`), column)]))
    : String(given.get('pixels')).split(/[\s,]+/).filter((part) => part !== '').map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));
  await send([row], answer, wrong);
}

/** What was typed, as the column takes it; what is no number goes as it is, for the node says best what is wrong with it. */
function value(typed, column) {
  const text = String(typed ?? '').trim();
  if (text === '') return null;
  return column.kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}

async function askSeveral(event, columns, answer, wrong) {
  event.preventDefault();
  const lines = String(new FormData(event.currentTarget).get('rows')).split(/\r?\n/).filter((line) => line.trim() !== '');
  const named = (lines.shift() ?? '').split(',').map((name) => name.trim());
  const unknown = named.find((name) => !columns.some((column) => column.column === name));
  if (unknown !== undefined) return refuse(wrong, unknown === '' ? 'The first line must name the columns, separated by commas.' : `The charter has no column “${unknown}”.`);
  if (lines.length === 0) return refuse(wrong, 'There is no row under the names of the columns.');
  if (lines.length > MOST_ROWS) return refuse(wrong, `At most ${count(MOST_ROWS)} rows at once; these are ${count(lines.length)}.`);
  const rows = lines.map((line) => line.split(','));
  const odd = rows.findIndex((cells) => cells.length !== named.length);
  if (odd >= 0) return refuse(wrong, `Row ${odd + 1} has ${counted(rows[odd].length, 'value')} and there are ${counted(named.length, 'column')}.`);
  await send(rows.map((cells) => Object.fromEntries(named.map((name, at) => [name, value(cells[at], columns.find((column) => column.column === name))]))), answer, wrong);
}

async function send(rows, answer, wrong) {
  clear(wrong);
  try {
    const predictions = await post('/predict', { rows });
    answer.replaceChildren(...(rows.length === 1 ? one(predictions) : all(predictions)));
    say(rows.length === 1 ? `Predicted: ${words(predictions)}` : `Predicted ${rows.length} rows.`);
  } catch (problem) {
    refuse(wrong, problem instanceof Problem ? problem.message : 'The node does not answer.');
  }
}

function words({ outputs, predictions }) {
  return outputs.map((name, at) => `${name} ${shown(name, predictions[0][at])}`).join(', ');
}

function shown(name, of) {
  return /probabilit/.test(name) ? `${(of * 100).toFixed(1)} %` : of.toPrecision(5);
}

function one({ outputs, predictions, round }) {
  const probable = outputs.every((name) => /probabilit/.test(name));
  return [
    h('dl', { class: 'outputs' }, outputs.map((name, at) => h('div', {}, h('dt', {}, name), h('dd', {}, h('b', { class: 'number' }, shown(name, predictions[0][at])), probable && h('span', { class: 'meter' }, h('span', { style: { width: `${predictions[0][at] * 100}%` } })))))),
    h('p', { class: 'quiet' }, `By the model of round ${count(round)}.`),
  ];
}

function all({ outputs, predictions, round }) {
  return [
    h('div', { class: 'scroll short', tabindex: 0, role: 'region', 'aria-label': 'Predictions' }, h('table', { class: 'tight' },
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'right' }, 'Row'), outputs.map((name) => h('th', { scope: 'col', class: 'right' }, name)))),
      h('tbody', {}, predictions.map((row, at) => h('tr', {}, h('th', { scope: 'row', class: 'right number' }, String(at + 1)), row.map((of, place) => h('td', { class: 'right number' }, shown(outputs[place], of)))))))),
    h('p', { class: 'quiet' }, `${count(predictions.length)} rows, by the model of round ${count(round)}.`),
  ];
}

function refuse(wrong, sentence) {
  wrong.textContent = sentence;
}

function clear(wrong) {
  wrong.textContent = '';
}
