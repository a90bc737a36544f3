// structuredClone (https://html.spec.whatwg.org/#structuredserializeinternal)
// and the exception it throws.
const codes = {
  __proto__: null, IndexSizeError: 1, NotFoundError: 8, NotSupportedError: 9, InvalidCharacterError: 5, InvalidStateError: 11,
  SyntaxError: 12, InvalidAccessError: 15, TimeoutError: 23, AbortError: 20, DataCloneError: 25,
};

class DOMException extends Error {
  #name;
  constructor(message = '', name = 'Error') {
    super(message);
    this.#name = typeof name === 'object' ? name?.name ?? 'Error' : `${name}`;
  }
  get name() { return this.#name; }
  get code() { return codes[this.#name] ?? 0; }
}

const errorTypes = { __proto__: null, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const { toString } = Object.prototype;
const tag = (value) => Reflect.apply(toString, value, []).slice(8, -1);

function refuse(value) {
  const text = typeof value === 'symbol' ? String(value) : typeof value === 'function' ? `${value}` : `#<${tag(value)}>`;
  return new DOMException(`${text} could not be cloned.`, 'DataCloneError');
}

function clone(value, seen) {
  if (typeof value === 'symbol' || typeof value === 'function') throw refuse(value);
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const out = shell(value, seen);
  seen.set(value, out);
  if (value instanceof Map) for (const [key, item] of [...value]) out.set(clone(key, seen), clone(item, seen));
  else if (value instanceof Set) for (const item of [...value]) out.add(clone(item, seen));
  else if (Array.isArray(value) || tag(out) === 'Object') for (const key of Object.keys(value)) out[key] = clone(value[key], seen);
  return out;
}

// shell is a new object of the same kind, filled as far as it holds no other.
function shell(value, seen) {
  if (Array.isArray(value)) return new Array(value.length);
  if (value instanceof Date) return new Date(value.getTime());
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (ArrayBuffer.isView(value)) return cloneView(value, seen);
  if (value instanceof Error) return cloneError(value, seen);
  for (const Type of [Boolean, Number, String, BigInt]) if (value instanceof Type) return Object(value.valueOf());
  if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef) throw refuse(value);
  return {};
}

function cloneView(value, seen) {
  const buffer = clone(value.buffer, seen);
  if (value instanceof DataView) return new DataView(buffer, value.byteOffset, value.byteLength);
  const Type = globalThis[Object.getPrototypeOf(Uint8Array.prototype).__lookupGetter__(Symbol.toStringTag).call(value)];
  return new Type(buffer, value.byteOffset, value.length);
}

function cloneError(value, seen) {
  const out = new (errorTypes[value.name] ?? Error)(value.message);
  for (const name of ['stack', 'cause']) {
    if (Object.hasOwn(value, name)) {
      Object.defineProperty(out, name, { value: clone(value[name], seen), writable: true, configurable: true });
    }
  }
  return out;
}

exports.DOMException = DOMException;
exports.structuredClone = function structuredClone(value) {
  if (arguments.length === 0) {
    throw internal('errors').make(TypeError, 'ERR_MISSING_ARGS', 'The "value" argument must be specified');
  }
  return clone(value, new Map());
};
