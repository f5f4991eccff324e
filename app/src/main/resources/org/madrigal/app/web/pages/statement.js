// One statement, taken apart.

import { find } from '../ask.js';
import { h } from '../dom.js';
import { bytes, count, hexLines } from '../format.js';
import { card, copyButton, digest, empty, facts, icon, memberLink, pill, prose, roundLink, term, time } from '../parts/small.js';
import { kindName, KINDS, reasonWords } from '../words.js';

export function title({ id }) {
  return `Statement ${id}`;
}

export async function load({ id }, signal) {
  return /^\d{1,15}$/.test(id) ? find(`/statements/${id}`, {}, signal) : null;
}

export function view(statement, { place, status }) {
  if (!statement) {
    return h('div', {}, h('h1', {}, `Statement ${place.id}`), empty('There is no entry at this position.', `The ledger has ${count(status.position)} so far.`), h('p', {}, h('a', { href: '#/statements' }, 'All statements')));
  }
  const refused = statement.verdict === 'rejected';
  return h(
    'div',
    { class: 'statement' },
    h('div', { class: 'titled' }, h('h1', {}, `Statement ${count(statement.position)}`), pill(refused ? 'Rejected' : 'Counts', refused ? 'bad' : 'good'),
      h('span', { class: 'pager' },
        statement.position > 0 && h('a', { class: 'button', href: `#/statements/${statement.position - 1}`, 'aria-label': 'The statement before' }, icon('left')),
        statement.position + 1 < status.position && h('a', { class: 'button', href: `#/statements/${statement.position + 1}`, 'aria-label': 'The next statement' }, icon('right')))),
    h('p', { class: 'lead' }, prose(statement.sentence)),
    refused && h('div', { class: 'note bad' }, icon('bad'), h('p', {}, reasonWords(statement.reason), statement.detail && ` It says: ${statement.detail}.`, ` (${statement.reason})`)),
    statement.happened.length > 0 && card('What followed', {}, h('ul', { class: 'story' }, statement.happened.map((what) => h('li', {}, prose(what))))),
    h('div', { class: 'two' },
      card('The statement', {}, facts(
        ['Kind', kindName(statement.kind), KINDS[statement.kind] && h('span', { class: 'quiet' }, ': ', KINDS[statement.kind][1])],
        ['Signed by', statement.author ? memberLink(statement.author) : 'nobody that can be told'],
        ['Time', time(statement.time)],
        ['Round', statement.round === null ? 'none' : roundLink(statement.round)],
        statement.slot !== null && ['Slot', count(statement.slot), ' ', term('slot', 'What is that?')],
        ['Size', bytes(statement.statementBytes), statement.attachment && ` and an attachment of ${bytes(statement.attachment.bytes)}`],
        ['Digest', digest(statement.digest)],
        statement.attachment && ['Digest of the attachment', digest(statement.attachment.digest)],
        ['Had read up to', statement.seen ? h('span', { class: 'digest' }, h('code', { class: 'break' }, statement.seen), copyButton(statement.seen, 'head')) : '–'],
        statement.signature && ['Signature', h('span', { class: 'digest' }, h('code', { class: 'break' }, statement.signature), copyButton(statement.signature, 'signature'))]
      )),
      card('What it says', {}, statement.fields.length === 0 ? empty('Nothing else.') : facts(...statement.fields.map((field) => [field.name, h('span', { class: 'break' }, prose(field.value))])))),
    h('div', { class: 'two' },
      card('The signed bytes', {}, hex(statement.hex, statement.statementBytes)),
      statement.attachment && card('The attachment', {}, hex(statement.attachment.hex, statement.attachment.bytes)))
  );
}

function hex(digits, all) {
  const shown = digits.length / 2;
  return [
    h('pre', { class: 'hex', tabindex: 0, 'aria-label': 'Bytes, in hexadecimal' }, hexLines(digits)),
    h('p', { class: 'quiet' }, shown < all ? `The first ${count(shown)} of ${count(all)} bytes.` : `All ${count(all)} bytes.`),
  ];
}
