// How often each value occurs, as bars.

import { h, svg } from '../dom.js';
import { count } from '../format.js';

const HEIGHT = 96;
const MOST_BARS = 64;
const FEWEST_BARS = 16;

/** With fewer values to a bar, chance would look like a pattern. */
const VALUES_IN_A_BAR = 8;

/**
 * A histogram.
 *
 * @param shape low, high and counts of equal bins
 * @param tone 'noise' or 'sum'
 * @param what what was counted, for the text alternative
 * @param label writes a bound
 */
export function histogram(shape, tone, what, label) {
  const counts = merged(shape.counts);
  const highest = Math.max(1, ...counts);
  const bars = counts.map((of, at) => {
    const height = of === 0 ? 0 : Math.max(1, (of / highest) * HEIGHT);
    return svg('rect', { x: at + 0.06, y: HEIGHT - height, width: 0.88, height });
  });
  return h(
    'figure',
    { class: `histogram ${tone}` },
    svg(
      'svg',
      { viewBox: `0 0 ${counts.length} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': summary(counts, what) },
      bars
    ),
    h('figcaption', {}, h('span', {}, label(shape.low)), h('span', {}, what), h('span', {}, label(shape.high)))
  );
}

function merged(counts) {
  const all = counts.reduce((sum, of) => sum + of, 0);
  const most = Math.max(FEWEST_BARS, Math.min(MOST_BARS, all / VALUES_IN_A_BAR));
  const each = Math.ceil(counts.length / most);
  const bars = [];
  for (let at = 0; at < counts.length; at += each) {
    bars.push(counts.slice(at, at + each).reduce((sum, of) => sum + of, 0));
  }
  return bars;
}

function summary(counts, what) {
  const all = counts.reduce((sum, of) => sum + of, 0);
  if (all === 0) return `No ${what}.`;
  const share = Math.round((Math.max(...counts) / all) * 100);
  return `Histogram of ${count(all)} ${what} in ${counts.length} bins: the fullest bin holds ${share} %, an even one would hold ${Math.round(100 / counts.length)} %.`;
}
