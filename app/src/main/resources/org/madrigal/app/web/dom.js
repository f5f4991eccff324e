// Elements, and how a page becomes its next state. Text enters through text nodes only, so whatever
// a member wrote stays text.

const SVG = 'http://www.w3.org/2000/svg';

/** An element with properties and children; `on` holds handlers by event, `style` values by property. */
export function h(tag, properties, ...children) {
  return build(document.createElement(tag), properties, children);
}

/** The same for a drawing. */
export function svg(tag, properties, ...children) {
  return build(document.createElementNS(SVG, tag), properties, children);
}

function build(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') {
      for (const type of Object.keys(value)) listen(element, type);
      element.handlers = value;
    } else if (name === 'style') {
      for (const [property, of] of Object.entries(value)) element.style.setProperty(property, of);
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    element.append(child);
  }
  return element;
}

function listen(element, type) {
  element.heard ??= new Set();
  if (element.heard.has(type)) return;
  element.heard.add(type);
  element.addEventListener(type, (event) => element.handlers?.[type]?.(event));
}

/**
 * Turns what is shown into `next` and keeps all that is the same: the focus, what is folded open,
 * what is half typed, how far a list is scrolled. An element with `renew` renews itself.
 */
export function morph(shown, next) {
  const same =
    shown.nodeType === next.nodeType &&
    shown.nodeName === next.nodeName &&
    key(shown) === key(next) &&
    Boolean(shown.renew) === Boolean(next.renew);
  if (!same) {
    shown.replaceWith(next);
    return next;
  }
  if (shown.nodeType === Node.TEXT_NODE) {
    if (shown.data !== next.data) shown.data = next.data;
    return shown;
  }
  if (shown.renew) {
    shown.renew(next.model);
    return shown;
  }
  attributes(shown, next);
  for (const type of Object.keys(next.handlers ?? {})) listen(shown, type);
  shown.handlers = next.handlers;
  children(shown, next);
  return shown;
}

function key(node) {
  return node.dataset?.key;
}

function attributes(shown, next) {
  const folded = shown.nodeName === 'DETAILS';
  for (const { name } of [...shown.attributes]) {
    if (!next.hasAttribute(name) && !(folded && name === 'open')) shown.removeAttribute(name);
  }
  for (const { name, value } of [...next.attributes]) {
    if (name === 'open' && folded) continue;
    if (shown.getAttribute(name) === value) continue;
    // As an attribute the content policy refuses it, and rightly; property by property it is ours.
    if (name === 'style') shown.style.cssText = value;
    else shown.setAttribute(name, value);
  }
}

function children(shown, next) {
  const keyed = new Map();
  for (const child of shown.childNodes) {
    if (key(child) !== undefined) keyed.set(key(child), child);
  }
  let at = shown.firstChild;
  for (const child of [...next.childNodes]) {
    const match = key(child) === undefined ? at : keyed.get(key(child));
    if (!match || (key(child) === undefined && key(match) !== undefined)) {
      shown.insertBefore(child, at);
      continue;
    }
    if (match !== at) shown.insertBefore(match, at);
    at = morph(match, child).nextSibling;
  }
  while (at) {
    const rest = at.nextSibling;
    at.remove();
    at = rest;
  }
}

/** Says something to who cannot see. */
export function say(sentence) {
  const said = document.getElementById('said');
  if (said && said.textContent !== sentence) said.textContent = sentence;
}
