// A line or bars by round, with the same as a sentence and as a table.

import uPlot from '/vendor/uPlot.esm.js';
import { h } from '../dom.js';
import { count } from '../format.js';

const HEIGHT = 208;
const MOST_ROWS = 200;
const FONT = '12px system-ui, sans-serif';

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * A chart.
 *
 * @param chart title, rounds, lines (name, values, colour), bars, write (a value as text), summary
 */
export function chart(model) {
  const canvas = h('div', { class: 'plot', role: 'img', 'aria-label': model.summary });
  canvas.model = model;
  let plot = null;
  const draw = () => {
    if (canvas.clientWidth === 0) return;
    plot?.destroy();
    canvas.textContent = '';
    plot = new uPlot(options(canvas.model, canvas.clientWidth), data(canvas.model), canvas);
    latest(plot);
  };
  const sized = new ResizeObserver(() => {
    if (plot && canvas.clientWidth > 0) plot.setSize({ width: canvas.clientWidth, height: HEIGHT });
    else draw();
  });
  sized.observe(canvas);
  const recoloured = () => (canvas.isConnected ? draw() : document.removeEventListener('theme', recoloured));
  document.addEventListener('theme', recoloured);
  canvas.renew = (next) => {
    const alike = shape(next) === shape(canvas.model);
    canvas.model = next;
    canvas.setAttribute('aria-label', next.summary);
    if (plot && alike) {
      plot.setData(data(next));
      latest(plot);
    } else {
      draw();
    }
  };
  return h('figure', { class: 'chart' }, canvas, h('figcaption', {}, table(model)));
}

/** While nobody points at a round, the legend tells of the last one that has a value. */
function latest(plot) {
  if (plot.cursor.left >= 0) return;
  const values = plot.data[1];
  let at = values.length - 1;
  while (at > 0 && (values[at] === null || values[at] === undefined)) at--;
  plot.setLegend({ idx: at });
}

function shape(model) {
  return JSON.stringify([model.lines.map((line) => line.name), model.bars]);
}

function data(model) {
  return [model.rounds, ...model.lines.map((line) => line.values)];
}

function options(model, width) {
  const write = (value) => (value === null || value === undefined ? '–' : model.write(value));
  const axis = {
    stroke: () => colour('--quiet'),
    font: FONT,
    grid: { stroke: () => colour('--line-soft'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    legend: { live: true, markers: { width: 0, fill: (u, at) => (at > 0 ? colour(model.lines[at - 1].colour) : 'transparent') } },
    hooks: { setCursor: [latest] },
    padding: [12, 20, 0, 0],
    scales: { x: { time: false, range: (u, low, high) => span(model, low, high) }, y: { range: (u, low, high) => room(model, low, high) } },
    axes: [
      { ...axis, grid: { show: false }, size: 28, gap: 6, space: 56, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000], values: (u, splits) => splits.map(count) },
      { ...axis, size: 60, gap: 8, space: 36, values: (u, splits) => splits.map(write) },
    ],
    series: [
      { label: 'Round', value: (u, value) => (value === null || value === undefined ? '–' : count(value)) },
      ...model.lines.map((line) => ({
        label: line.name,
        stroke: () => colour(line.colour),
        fill: model.bars ? () => colour(line.colour) : undefined,
        width: model.bars ? 0 : 2,
        paths: model.bars ? uPlot.paths.bars({ size: [0.7, 24], gap: 0 }) : undefined,
        points: { show: !model.bars && model.rounds.length < 40, size: 5, fill: () => colour(line.colour) },
        spanGaps: true,
        value: (u, value) => write(value),
      })),
    ],
  };
}

function span(model, low, high) {
  const margin = model.bars ? 0.6 : 0;
  if (low === null || low === undefined) return [0, 1];
  return low === high ? [low - 1, high + 1] : [low - margin, high + margin];
}

function room(model, low, high) {
  if (low === null || low === undefined) return [0, 1];
  if (model.bars) return [0, high * 1.1 || 1];
  const margin = (high - low) * 0.1 || Math.abs(high) * 0.1 || 1;
  const most = model.most ?? Infinity;
  return [Math.max(low >= 0 ? 0 : -Infinity, low - margin), Math.min(most, high + margin)];
}

/** The same figures for who cannot see lines, or wants numbers. */
function table(model) {
  const every = Math.ceil(model.rounds.length / MOST_ROWS);
  const rows = model.rounds.map((round, at) => at).filter((at) => at % every === 0 || at === model.rounds.length - 1);
  return h(
    'details',
    { 'data-key': 'table' },
    h('summary', {}, every === 1 ? 'As a table' : `As a table (every ${every}th round)`),
    h(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${model.title}, as a table` },
      h(
        'table',
        { class: 'tight' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Round'), model.lines.map((line) => h('th', { scope: 'col', class: 'right' }, line.name)))),
        h('tbody', {}, rows.map((at) =>
          h('tr', {}, h('th', { scope: 'row', class: 'number' }, count(model.rounds[at])), model.lines.map((line) =>
            h('td', { class: 'right number' }, line.values[at] === null ? '–' : model.write(line.values[at]))))))
      )
    )
  );
}
