// A list of any length, the newest first: only the rows in sight are in the document, and they are fetched a block at a time.

import { h } from '../dom.js';

const ROW = 40;
const BLOCK = 100;
const SPARE = 8;
const KEPT_BLOCKS = 20;

/**
 * A list of things that are numbered from 0.
 *
 * @param model label, columns (title, className), total, fetch (from, many) gives items, row (item) gives cells
 */
export function longList(model) {
  const rows = h('div', { class: 'rows', role: 'presentation' });
  const view = h('div', { class: 'window', tabindex: 0, role: 'rowgroup' }, rows);
  const head = h('div', { class: 'row heads', role: 'row', 'aria-rowindex': 1 });
  const element = h('div', { class: 'long', role: 'table', 'aria-label': model.label }, h('div', { role: 'rowgroup' }, head), view);
  const blocks = new Map();
  element.model = model;

  async function need(number) {
    const block = blocks.get(number) ?? { items: [], fresh: false, asked: false };
    if (block.fresh || block.asked) return;
    block.asked = true;
    blocks.set(number, block);
    if (blocks.size > KEPT_BLOCKS) blocks.delete(blocks.keys().next().value);
    try {
      block.items = await element.model.fetch(number * BLOCK, BLOCK);
      block.fresh = true;
      draw();
    } catch (failure) {
      // Asked again with the next event, or when the list is scrolled.
    } finally {
      block.asked = false;
    }
  }

  function draw() {
    const { columns, total, row } = element.model;
    const first = Math.max(0, Math.floor(view.scrollTop / ROW) - SPARE);
    const last = Math.min(total, Math.ceil((view.scrollTop + view.clientHeight) / ROW) + SPARE);
    const shown = [];
    const wanted = new Set();
    for (let at = first; at < last; at++) {
      const id = total - 1 - at;
      const number = Math.floor(id / BLOCK);
      const item = blocks.get(number)?.items[id % BLOCK];
      const cells = item ? row(item) : ['…'];
      wanted.add(number);
      shown.push(h('div', { class: 'row', role: 'row', 'aria-rowindex': at + 2, style: { top: `${at * ROW}px` } },
        columns.map((column, place) => h('span', { role: 'cell', class: column.className }, cells[place]))));
    }
    const focused = rows.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    element.setAttribute('aria-rowcount', String(total + 1));
    head.replaceChildren(...columns.map((column) => h('span', { role: 'columnheader', class: column.className }, column.title)));
    rows.style.setProperty('height', `${total * ROW}px`);
    rows.replaceChildren(...shown);
    if (focused) [...rows.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus({ preventScroll: true });
    for (const number of wanted) need(number);
  }

  let due = false;
  const later = () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  };
  view.addEventListener('scroll', later, { passive: true });
  new ResizeObserver(later).observe(view);
  element.renew = (next) => {
    const changed = Math.floor(Math.max(0, Math.min(element.model.total, next.total) - 2) / BLOCK);
    for (const [number, block] of blocks) if (number >= changed) block.fresh = false;
    element.model = next;
    later();
  };
  /** Brings an item into the middle. */
  element.show = (id) => view.scrollTo({ top: Math.max(0, (element.model.total - 1 - id) * ROW - view.clientHeight / 2) });
  return element;
}
