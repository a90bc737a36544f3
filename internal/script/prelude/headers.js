// Headers (https://fetch.spec.whatwg.org/#headers-class).
const { argType } = internal('errors');

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const edges = /^[\t\n\r ]+|[\t\n\r ]+$/g;

function nameOf(name) {
  name = `${name}`;
  if (!token.test(name)) throw new TypeError(`Headers: "${name}" is an invalid header name.`);
  return name.toLowerCase();
}

function valueOf(value) {
  value = `${value}`.replace(edges, '');
  if (/[\0\r\n]|[^\0-\xff]/.test(value)) throw new TypeError(`Headers: "${value}" is an invalid header value.`);
  return value;
}

module.exports = class Headers {
  #lists = new Map();

  constructor(init) {
    if (init === undefined) return;
    if (typeof init !== 'object' || init === null) throw argType('init', 'Object', init);
    if (typeof init[Symbol.iterator] !== 'function') {
      for (const name of Object.keys(init)) this.append(name, init[name]);
      return;
    }
    for (const pair of init) {
      const [name, value, ...rest] = pair;
      if (value === undefined || rest.length > 0) throw new TypeError('Headers: each header is a pair of a name and a value.');
      this.append(name, value);
    }
  }

  append(name, value) {
    name = nameOf(name);
    const list = this.#lists.get(name);
    if (list === undefined) this.#lists.set(name, [valueOf(value)]);
    else list.push(valueOf(value));
  }
  set(name, value) { this.#lists.set(nameOf(name), [valueOf(value)]); }
  delete(name) { this.#lists.delete(nameOf(name)); }
  has(name) { return this.#lists.has(nameOf(name)); }
  get(name) { return this.#lists.get(nameOf(name))?.join(', ') ?? null; }
  getSetCookie() { return [...this.#lists.get('set-cookie') ?? []]; }

  * entries() {
    for (const name of [...this.#lists.keys()].sort()) {
      const list = this.#lists.get(name);
      if (name === 'set-cookie') for (const value of list) yield [name, value];
      else yield [name, list.join(', ')];
    }
  }
  * keys() { for (const [name] of this.entries()) yield name; }
  * values() { for (const [, value] of this.entries()) yield value; }
  [Symbol.iterator]() { return this.entries(); }
  forEach(callback, self) { for (const [name, value] of this.entries()) Reflect.apply(callback, self, [value, name, this]); }

  get [Symbol.toStringTag]() { return 'Headers'; }
};
