// Numbers, times and digests, for people.

const INTEGER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'];
const NONE = '–';

export function count(value) {
  return value === null || value === undefined ? NONE : INTEGER.format(value);
}

/** "1 round", "2 rounds"; `many` where the plural is irregular. */
export function counted(value, one, many = one + 's') {
  return `${count(value)} ${value === 1 ? one : many}`;
}

export function bytes(value) {
  if (value === null || value === undefined) return NONE;
  let unit = 0;
  let left = value;
  while (left >= 1000 && unit < BYTES.length - 1) {
    left /= 1000;
    unit++;
  }
  return `${unit === 0 ? INTEGER.format(left) : left.toPrecision(3)} ${BYTES[unit]}`;
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return NONE;
  if (seconds < 0.95) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (seconds < 600 && Math.round(seconds) % 60 !== 0) return `${Math.floor(seconds / 60)} min ${Math.round(seconds) % 60} s`;
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return `${INTEGER.format(minutes / 1440)} days`;
}

/** Whether a figure is a share of one. */
export function isShare(name) {
  return /accuracy/.test(name);
}

export function figure(name, value) {
  if (value === null || value === undefined) return NONE;
  if (isShare(name)) return `${(value * 100).toFixed(1)} %`;
  if (/samples|rows/.test(name)) return count(value);
  return Math.abs(value) >= 1000 ? INTEGER.format(value) : value.toFixed(4);
}

const PARTS = { test: 'test rows', train: 'training rows' };
const WORDS = {
  loss: 'Loss',
  accuracy: 'Accuracy',
  auc: 'AUC',
  f1: 'F1',
  'calibration-error': 'Calibration error',
  samples: 'Number',
  'mean-absolute-error': 'Mean absolute error',
  'root-mean-squared-error': 'Root mean squared error',
};

/** "test.accuracy" as "Accuracy, test rows". */
export function figureName(name) {
  const [part, ...rest] = name.split('.');
  const what = rest.join('.');
  if (!(part in PARTS) || !what) return name;
  return `${WORDS[what] ?? what}, ${PARTS[part]}`;
}

/** "test.accuracy" as "Accuracy", for narrow columns. */
export function figureHead(name) {
  return figureName(name).replace(', test rows', '').replace(', training rows', ' in training');
}

/** The beginning and the end of a digest. */
export function shortDigest(digest) {
  const prefix = digest.lastIndexOf(':') + 1;
  return digest.length > 20 ? `${digest.slice(0, prefix + 8)}…${digest.slice(-6)}` : digest;
}

export function localTime(iso) {
  const time = new Date(iso);
  const today = new Date().toDateString() === time.toDateString();
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false };
  return time.toLocaleString('en-GB', today ? clock : { day: 'numeric', month: 'short', ...clock });
}

export function secondsBetween(from, to) {
  return (new Date(to).getTime() - new Date(from).getTime()) / 1000;
}

/** "alder, birch and cedar". */
export function listed(words) {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

export function hexLines(hex, width = 16) {
  const pairs = hex.match(/../g) ?? [];
  const lines = [];
  for (let at = 0; at < pairs.length; at += width) lines.push(pairs.slice(at, at + width).join(' '));
  return lines.join('\n');
}
