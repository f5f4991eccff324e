// What this reader has checked, and how to check it without trusting it.

import { get } from '../ask.js';
import { h } from '../dom.js';
import { count, counted } from '../format.js';
import { card, command, copyButton, digest, facts, icon, prose, roundLink, term } from '../parts/small.js';

export function title() {
  return 'Audit';
}

export async function load(place, signal) {
  return get('/audit', {}, signal);
}

export function view(audit) {
  return h(
    'div',
    { class: 'audit' },
    h('div', { class: 'titled' }, h('h1', {}, 'Audit'), h('p', { class: 'quiet' }, 'What the reader behind this page found when it read the ledger from the first entry. ', term('replay', 'What is that?'))),
    verdict(audit),
    h('div', { class: 'two' },
      card('What was checked', {}, h('ul', { class: 'story' }, audit.words.map((sentence) => h('li', {}, prose(sentence))), scope(audit).map((sentence) => h('li', {}, sentence)))),
      card('Compare these', {}, h('p', { class: 'quiet' }, 'Whoever has the same head has the same history. Ask another member for its own.'), facts(
        ['Head', audit.head ? whole(audit.head, 'head') : '–', ' ', term('head', 'What is that?')],
        ['Last model', audit.lastModel?.digest ? [whole(audit.lastModel.digest, 'digest of the model'), h('span', { class: 'quiet' }, ' after round ', roundLink(audit.lastModel.round))] : 'none yet'],
        ['Federation', whole(audit.federation, 'digest of the charter')],
        audit.ledger && ['Ledger', whole(audit.ledger, 'ledger')]
      ))),
    card('Check it yourself', {},
      h('p', {}, 'This page shows what the node behind it says, and a node can lie. These commands work it out anew from a copy of the ledger, on a machine that you trust:'),
      h('ol', { class: 'claims' }, audit.commands.map((of) => h('li', {}, h('p', {}, of.claim), command(of.command))))),
    card('What this cannot tell', {}, h('ul', { class: 'story' },
      h('li', {}, 'Whether the rows that members trained on were real. The ledger has what members said, and that they said it.'),
      h('li', {}, 'Whose update was bad, where updates are masked. Nobody can tell.'),
      h('li', {}, 'Whether another member was shown another history. Compare the heads.')))
  );
}

function whole(value, what) {
  return h('span', { class: 'digest' }, h('code', { class: 'break' }, value), copyButton(value, what));
}

function scope(audit) {
  if (audit.scope === 'full') return ['This reader has the members’ key, so it computed every model itself.'];
  return ['This reader has no key of the members. It checked all but the models, whose digests it knows from enough members to have at least one honest one among them.'];
}

function verdict(audit) {
  if (audit.verdict === 'broken') {
    return h('div', { class: 'note bad big', role: 'alert' }, icon('bad'), h('div', {},
      h('p', { class: 'lead' }, `This ledger is broken at position ${count(audit.first?.position)}.`),
      h('p', {}, `What is wrong: ${audit.first?.reason ?? 'it cannot be read'}.`),
      h('p', {}, `The ${counted(audit.entries, 'entry', 'entries')} before it are sound, and all pages show those only. Do not use what comes after; get another copy from a member, and compare.`)));
  }
  if (audit.verdict === 'reading') {
    return h('div', { class: 'note live big', role: 'status' }, icon('live'), h('div', {}, h('p', { class: 'lead' }, 'Still reading.'), h('p', {}, `${counted(audit.entries, 'entry', 'entries')} so far, all sound.`)));
  }
  return h('div', { class: 'note good big' }, icon('good'), h('div', {},
    h('p', { class: 'lead' }, `${counted(audit.entries, 'entry is', 'entries are')} sound.`),
    h('p', {}, audit.models === 0 ? 'There is no model to check yet.' : `${counted(audit.models, 'model was', 'models were')} ${audit.scope === 'full' ? 'recomputed' : 'attested'}.`)));
}
