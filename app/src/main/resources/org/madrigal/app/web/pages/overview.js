// How the training goes, on one page.

import { find, get } from '../ask.js';
import { h } from '../dom.js';
import { bytes, count, counted, duration, figure, figureName, secondsBetween } from '../format.js';

import { card, digest, empty, icon, memberLink, pill, prose, roundLink, statementLink, term, time } from '../parts/small.js';
import { bytesChart, figureCharts } from '../parts/figures.js';
import { strip } from '../parts/strip.js';
import { PHASES, STAGES } from '../words.js';

const RECENT = 8;

export function title() {
  return 'Overview';
}

export async function load(place, signal) {
  const [series, traffic, members, audit, recent] = await Promise.all([
    get('/series', { points: 500 }, signal),
    get('/traffic', { limit: 1 }, signal),
    find('/members', {}, signal),
    get('/audit', {}, signal),
    get('/statements', { order: 'desc', limit: RECENT }, signal),
  ]);
  return { series, traffic, members, audit, recent };
}

export function view({ series, traffic, members, audit, recent }, { status, federation }) {
  return h(
    'div',
    { class: 'overview' },
    h('h1', {}, federation?.name ?? 'A federation without a charter yet'),
    now(status, series, members),
    tiles(status, series, traffic, audit),
    h('div', { class: 'three' }, figureCharts(series)),
    h('div', { class: 'said-beside' }, bytesChart(series), byMember(traffic), latest(recent))
  );
}

function now(status, series, members) {
  const done = status.progress.rounds > 0 ? status.progress.roundsDone / status.progress.rounds : 0;
  return h(
    'section',
    { class: 'card now', 'aria-label': 'Now' },
    h('div', { class: 'sentence' }, phase(status), h('p', { class: 'lead' }, prose(status.words))),
    h(
      'div',
      { class: 'progress', role: 'progressbar', 'aria-label': 'Rounds done', 'aria-valuemin': 0, 'aria-valuemax': status.progress.rounds, 'aria-valuenow': status.progress.roundsDone },
      strip(series, status)
    ),
    h(
      'div',
      { class: 'under' },
      h('span', {}, h('b', { class: 'number' }, count(status.progress.roundsDone)), ` of ${counted(status.progress.rounds, 'round')} done, ${Math.round(done * 100)} %`, again(series)),
      h('span', {}, estimate(status))
    ),
    status.stage && voices(status, members)
  );
}

function again(series) {
  const rounds = series.rounds.filter((round, at) => series.slots[at] > 1).length;
  return rounds > 0 && `, ${counted(rounds, 'round')} after more than one attempt`;
}

function phase(status) {
  if (status.replay.verdict === 'broken') return pill('Broken', 'bad');
  const tone = { finished: 'good', halted: 'bad', training: 'live', aggregating: 'live' }[status.phase] ?? 'waiting';
  return pill(PHASES[status.phase] ?? status.phase, tone);
}

function estimate(status) {
  if (!status.estimate || !status.time) return status.phase === 'finished' ? 'The training is over.' : 'No estimate before the first round is over.';
  const left = Math.max(0, secondsBetween(status.time, status.estimate.end));
  return [`about ${duration(left)} left, at ${duration(status.estimate.secondsPerRound)} a round`];
}

function voices(status, members) {
  const all = [...status.spoken, ...status.awaited];
  const states = new Map((members?.members ?? []).map((member) => [member.id, member.state]));
  return h(
    'div',
    { class: 'voices' },
    h('p', {}, STAGES[status.stage] ?? status.stage, '. ', status.awaited.length > 0 ? `${counted(status.awaited.length, 'member')} awaited` : 'Everybody has spoken', status.deadline && status.time && h('span', { class: 'quiet' }, ' until ', time(status.deadline), ' (', term('deadline'), ')')),
    h('ul', { class: 'chips' }, all.sort().map((id) => {
      const spoken = status.spoken.includes(id);
      return h('li', { class: spoken ? 'chip spoken' : 'chip', 'data-key': id }, icon(spoken ? 'good' : 'waiting'), memberLink(id), h('span', { class: 'quiet' }, spoken ? 'has spoken' : states.get(id) === 'absent' ? 'awaited, was away last round' : 'awaited'));
    }))
  );
}

function last(values) {
  for (let at = values.length - 1; at >= 0; at--) if (values[at] !== null) return at;
  return -1;
}

function tiles(status, series, traffic, audit) {
  const shown = ['test.accuracy', 'test.auc', 'test.loss', 'train.loss'].filter((name) => last(series.figures[name] ?? []) >= 0).slice(0, 2);
  return h(
    'div',
    { class: 'tiles' },
    shown.map((name) => figureTile(name, series)),
    tile('Entries', count(status.position), ['on the ', term('ledger'), status.time && [', last at ', time(status.time)]]),
    tile('Bytes', bytes(traffic.total), traffic.gas ? `${count(traffic.gas.total)} gas` : 'statements and attachments'),
    tile('Audit', verdict(audit), audit.verdict === 'broken' ? h('a', { href: '#/audit' }, 'See what is wrong') : [counted(audit.models, 'model'), ' ', term(audit.scope === 'full' ? 'recomputed' : 'attested')]),
    tile('Model', status.model?.digest ? digest(status.model.digest) : '–', status.model ? ['after round ', roundLink(status.model.round)] : 'none yet')
  );
}

function verdict(audit) {
  if (audit.verdict === 'broken') return pill('Broken', 'bad');
  return audit.verdict === 'reading' ? pill('Reading', 'live') : pill('Sound', 'good');
}

function figureTile(name, series) {
  const values = series.figures[name];
  const at = last(values);
  const before = last(values.slice(0, at));
  const change = before < 0 ? null : values[at] - values[before];
  const sign = change === null ? '' : change > 0 ? '+' : change < 0 ? '−' : '±';
  return tile(figureName(name), figure(name, values[at]), change === null ? `in round ${count(series.rounds[at])}` : `in round ${count(series.rounds[at])}, ${sign}${figure(name, Math.abs(change))}`);
}

function tile(name, value, under) {
  return h('div', { class: 'tile', 'data-key': name }, h('span', { class: 'name' }, name), h('span', { class: 'value' }, value), h('span', { class: 'under' }, under));
}

function byMember(traffic) {
  const most = Math.max(1, ...traffic.bytes, traffic.other);
  const rows = traffic.members.map((id, at) => [memberLink(id), traffic.bytes[at]]);
  if (traffic.other > 0) rows.push(['not a member', traffic.other]);
  return card(
    'Bytes by member',
    {},
    traffic.total === 0
      ? empty('Nothing is on the ledger yet.')
      : h('table', { class: 'meters' }, h('thead', { class: 'hidden' }, h('tr', {}, h('th', { scope: 'col' }, 'Member'), h('th', { scope: 'col' }, 'Share'), h('th', { scope: 'col' }, 'Bytes'))),
          h('tbody', {}, rows.map(([name, of]) =>
            h('tr', {}, h('th', { scope: 'row' }, name), h('td', { class: 'wide' }, h('span', { class: 'meter' }, h('span', { style: { width: `${(of / most) * 100}%` } }))), h('td', { class: 'right number' }, bytes(of))))))
  );
}

function latest(recent) {
  return card(
    'Latest statements',
    { aside: h('a', { href: '#/statements' }, 'All statements') },
    recent.statements.length === 0
      ? empty('Nobody has said anything yet.', 'The founding charter is the first statement.')
      : h('ol', { class: 'said', reversed: true }, recent.statements.map((statement) =>
          h('li', { 'data-key': statement.position, class: statement.verdict },
            statementLink(statement.position), h('span', { class: 'words' }, prose(statement.sentence), statement.verdict === 'rejected' && h('span', { class: 'reason' }, ' Rejected: ', statement.detail ?? statement.reason)), time(statement.time))))
  );
}
