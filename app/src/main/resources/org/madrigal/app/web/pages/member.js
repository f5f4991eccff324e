// One member.

import { find, get } from '../ask.js';
import { h } from '../dom.js';
import { bytes, count } from '../format.js';
import { card, copyButton, digest, empty, facts, icon, memberLink, statementLink, time } from '../parts/small.js';
import { statementTable } from '../parts/statements.js';
import { stateOf } from './members.js';

const RECENT = 20;

export function title({ id }) {
  return `Member ${id}`;
}

export async function load({ id }, signal) {
  const members = (await find('/members', {}, signal))?.members ?? [];
  const member = members.find((of) => of.id === id) ?? null;
  const recent = member ? await get('/statements', { author: id, order: 'desc', limit: RECENT }, signal) : null;
  return { member, recent };
}

export function view({ member, recent }, { place, status }) {
  if (!member) {
    return h('div', {}, h('h1', {}, place.id), empty('The charter names no such member.'), h('p', {}, h('a', { href: '#/members' }, 'All members')));
  }
  const awaited = status.awaited.includes(member.id);
  return h(
    'div',
    { class: 'member' },
    h('div', { class: 'titled' }, h('h1', {}, member.name), stateOf(member), member.isThisNode && h('span', { class: 'mark' }, 'this node')),
    member.reason && h('div', { class: `note ${member.state === 'absent' ? 'warn' : 'bad'}` }, icon(member.state === 'absent' ? 'warn' : 'bad'),
      h('p', {}, `${member.reason}`, member.since !== null && [', at position ', statementLink(member.since)], '.')),
    h('div', { class: 'two' },
      card('What it did', {}, facts(
        ['Rounds taken part in', count(member.roundsTakenPart)],
        ['Statements', count(member.statements), ', ', member.rejected > 0 ? h('a', { href: `#/statements?author=${encodeURIComponent(member.id)}&rejected=true` }, `${count(member.rejected)} rejected`) : 'none rejected'],
        ['Bytes on the ledger', bytes(member.bytes)],
        ['Enrolled', member.enrolled ? [time(member.enrolled.time), ', at position ', statementLink(member.enrolled.position)] : 'not yet'],
        ['Last spoke', member.lastSpoke ? [time(member.lastSpoke.time), ', at position ', statementLink(member.lastSpoke.position)] : 'never'],
        ['Awaited now', awaited ? 'yes' : 'no']
      )),
      card('Who it is', {}, facts(
        ['Pseudonym', member.id],
        member.name !== member.id && ['Called here', member.name],
        ['Weight of its updates', member.weight === null ? 'masked' : count(member.weight)],
        ['Public key', h('span', { class: 'digest' }, h('code', { class: 'break' }, member.key), copyButton(member.key, 'public key'))],
        member.ledger && ['Enrolled for the ledger', h('code', { class: 'break' }, member.ledger)],
        ['Votes against it', member.votesAgainst.length > 0 ? member.votesAgainst.map((id, at) => [at > 0 && ', ', memberLink(id)]) : 'none']
      ))),
    card('Its latest statements', { aside: h('a', { href: `#/statements?author=${encodeURIComponent(member.id)}` }, 'All of them') },
      recent.statements.length === 0 ? empty('It has not said anything yet.') : statementTable(recent.statements, false))
  );
}
