// Who takes part, one row each.

import { find } from '../ask.js';
import { h } from '../dom.js';
import { bytes, count, counted } from '../format.js';
import { empty, memberLink, pill, statementLink, time } from '../parts/small.js';
import { MEMBER_STATES } from '../words.js';

export function title() {
  return 'Members';
}

export async function load(place, signal) {
  return (await find('/members', {}, signal))?.members ?? [];
}

export function view(members, { federation, status }) {
  if (members.length === 0) {
    return h('div', {}, h('h1', {}, 'Members'), empty('Nobody is named yet.', 'The members stand in the charter, and the charter is not on the ledger yet.'));
  }
  const away = members.filter((member) => member.state === 'absent').length;
  return h(
    'div',
    { class: 'members' },
    h('div', { class: 'titled' }, h('h1', {}, 'Members'),
      h('p', { class: 'quiet' }, `${counted(members.length, 'member')} under this charter, at least ${federation?.minimum ?? '–'} needed in each round.`, away > 0 && ` ${counted(away, 'member')} away.`)),
    h('div', { class: 'card bare' }, h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Members, as a table' },
      h('table', { class: 'roomy members-table' },
        h('thead', {}, h('tr', {}, ['Member', 'State', 'Rounds', 'Statements', 'Rejected', 'Bytes', 'Enrolled at', 'Last spoke'].map((words, at) => h('th', { scope: 'col', class: at >= 2 && at <= 5 ? 'right' : '' }, words)))),
        h('tbody', {}, members.map((member) => row(member, status))))))
  );
}

function row(member, status) {
  const awaited = status.awaited.includes(member.id);
  return h(
    'tr',
    { 'data-key': member.id },
    h('th', { scope: 'row' }, memberLink(member.id), member.name !== member.id && h('span', { class: 'quiet' }, ' ', member.name), member.isThisNode && h('span', { class: 'mark' }, 'this node')),
    h('td', {}, stateOf(member), member.reason && h('span', { class: 'because' }, member.reason), awaited && h('span', { class: 'because' }, 'awaited now')),
    h('td', { class: 'right number' }, count(member.roundsTakenPart)),
    h('td', { class: 'right number' }, count(member.statements)),
    h('td', { class: 'right number' }, member.rejected > 0 ? h('a', { href: `#/statements?author=${encodeURIComponent(member.id)}&rejected=true` }, count(member.rejected)) : '0'),
    h('td', { class: 'right number nowrap' }, bytes(member.bytes)),
    h('td', { class: 'nowrap' }, member.enrolled ? [statementLink(member.enrolled.position), ' ', h('span', { class: 'quiet' }, time(member.enrolled.time))] : '–'),
    h('td', { class: 'nowrap' }, member.lastSpoke ? [statementLink(member.lastSpoke.position), ' ', h('span', { class: 'quiet' }, time(member.lastSpoke.time))] : '–')
  );
}

export function stateOf(member) {
  return pill(...(MEMBER_STATES[member.state] ?? [member.state, 'waiting']));
}
