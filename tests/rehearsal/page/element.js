// Makes elements out of data. Text goes in as text nodes only, so nothing anybody wrote becomes markup.

/**
 * An element with attributes, listeners and children.
 *
 * `on` holds listeners, `data` the dataset, `class` the class; `true` is a bare attribute, and
 * `false`, `null` and `undefined` leave an attribute or a child out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The element with this id, which index.html promises. */
export function byId(id) {
  return document.getElementById(id);
}

/** Replaces what stands in an element. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
}

let last = 0;

/** An id for tying labels to fields. */
export function freshId() {
  last += 1;
  return `e${last}`;
}
