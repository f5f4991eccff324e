// What was measured, and what was sent, by round.

import { h } from '../dom.js';
import { bytes, count, figure, figureName, isShare } from '../format.js';
import { chart } from './chart.js';
import { card, empty, term } from './small.js';

const SOON = 'It appears here after the first round.';

/** A chart of accuracy, or whatever else is measured, and one of the losses. */
export function figureCharts(series) {
  const known = Object.keys(series.figures).filter((name) => series.figures[name].some((value) => value !== null));
  const losses = known.filter((name) => name.endsWith('.loss'));
  const shares = known.filter(isShare);
  const others = known.filter((name) => !losses.includes(name) && !shares.includes(name) && !/samples|rows/.test(name));
  const rest = new Map();
  for (const name of others) {
    const what = name.split('.').slice(1).join('.') || name;
    rest.set(what, [...(rest.get(what) ?? []), name]);
  }
  return [
    shares.length > 0 || rest.size === 0 ? drawn('Accuracy by round', series, shares, 'accuracy') : null,
    drawn('Loss by round', series, losses, 'loss'),
    [...rest].map(([what, names]) => drawn(`${figureName(`test.${what}`).split(',')[0]} by round`, series, names)),
  ];
}

function drawn(title, series, names, explained) {
  const aside = explained && term(explained, `What is ${explained}?`);
  if (names.length === 0) return card(title, { aside }, empty('Nothing was measured yet.', SOON));
  const lines = names.map((name, at) => ({ name: figureName(name), values: series.figures[name], colour: `--line-${at + 1}` }));
  return card(title, { aside }, chart({
    title,
    rounds: series.rounds,
    lines,
    most: isShare(names[0]) ? 1 : undefined,
    write: (value) => figure(names[0], value),
    summary: lines.map((line, at) => trend(line, series.rounds, names[at])).join(' '),
  }));
}

function trend(line, rounds, name) {
  const at = line.values.map((value, place) => place).filter((place) => line.values[place] !== null);
  const first = at[0];
  const last = at[at.length - 1];
  const from = figure(name, line.values[first]);
  if (first === last) return `${line.name}: ${from} in round ${count(rounds[first])}.`;
  return `${line.name}: from ${from} in round ${count(rounds[first])} to ${figure(name, line.values[last])} in round ${count(rounds[last])}.`;
}

export function bytesChart(series) {
  const title = 'Bytes by round';
  if (series.rounds.length === 0) return card(title, {}, empty('Nothing was sent yet.', SOON));
  const most = Math.max(...series.bytes);
  return card(title, {}, chart({
    title,
    rounds: series.rounds,
    lines: [{ name: 'Bytes', values: series.bytes, colour: '--line-1' }],
    bars: series.rounds.length <= 120,
    write: bytes,
    summary: `At most ${bytes(most)} in round ${count(series.rounds[series.bytes.indexOf(most)])}, ${bytes(series.bytes[series.bytes.length - 1])} in the last.`,
  }));
}
