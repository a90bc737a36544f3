// require('util')
const { argType, make } = internal('errors');
const { inspect } = internal('inspect');
const types = internal('util/types');
const { isDeepStrictEqual } = internal('equal');

// --- format

const formatted = {
  __proto__: null,
  s(value) {
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : `${value}`;
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null || hasOwnToString(value)) return String(value);
    return inspect(value, { depth: 0, colors: false, compact: 3 });
  },
  d: (value) => typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : number(Number(value)),
  i: (value) => typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : number(parseInt(value, 10)),
  f: (value) => typeof value === 'symbol' ? 'NaN' : number(parseFloat(value)),
  j(value) {
    try {
      return JSON.stringify(value);
    } catch (error) {
      if (/circular/.test(error.message)) return '[Circular]';
      throw error;
    }
  },
  o: (value) => inspect(value, { showHidden: true, showProxy: true, depth: 4 }),
  O: (value) => inspect(value),
  c: () => '',
};

const number = (value) => Object.is(value, -0) ? '-0' : `${value}`;

// hasOwnToString: the user gave the value a text of its own.
function hasOwnToString(value) {
  if (types.isNativeError(value) || types.isDate(value)) return types.isDate(value) ? false : Object.hasOwn(value, 'toString');
  if (typeof value.toString !== 'function') return false;
  if (Object.hasOwn(value, 'toString')) return true;
  let object = value;
  do object = Object.getPrototypeOf(object); while (object !== null && !Object.hasOwn(object, 'toString'));
  const { constructor } = object ?? {};
  return typeof constructor === 'function' && !builtin.has(constructor);
}

const builtin = new Set(Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z]/.test(name) && !['URL', 'URLSearchParams', 'Buffer', 'Intl',
  'DOMException', 'TextEncoder', 'TextDecoder'].includes(name)).map((name) => globalThis[name]));

function formatWithOptions(options, ...args) {
  if (typeof options !== 'object' || options === null) throw argType('inspectOptions', 'object', options);
  let out = '';
  let rest = args;
  if (typeof args[0] === 'string' && args.length > 1) {
    let used = 1;
    out = args[0].replace(/%([sdifjoOc%])/g, (match, kind) => {
      if (kind === '%') return '%';
      return used < args.length ? formatted[kind](args[used++]) : match;
    });
    rest = args.slice(used);
    if (rest.length > 0) out += ' ';
  }
  return out + rest.map((value) => typeof value === 'string' ? value : inspect(value, { ...options, compact: 3, colors: false, depth: 2, ...options })).join(' ');
}

const format = (...args) => formatWithOptions({}, ...args);

// --- functions

const promisified = Symbol.for('nodejs.util.promisify.custom');

function promisify(original) {
  if (typeof original !== 'function') throw argType('original', 'function', original);
  if (original[promisified]) return original[promisified];
  function fn(...args) {
    return new Promise((resolve, reject) => {
      Reflect.apply(original, this, [...args, (error, value) => error ? reject(error) : resolve(value)]);
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, promisified, { value: fn, configurable: true });
  return Object.defineProperties(fn, Object.getOwnPropertyDescriptors(original));
}
promisify.custom = promisified;
if (!timing.setTimeout[promisified]) {
  timing.setTimeout[promisified] = (...args) => internal('timers/promises').setTimeout(...args);
  timing.setImmediate[promisified] = (...args) => internal('timers/promises').setImmediate(...args);
}

function callbackify(original) {
  if (typeof original !== 'function') throw argType('original', 'function', original);
  return function (...args) {
    const callback = args.pop();
    if (typeof callback !== 'function') throw argType('last argument', 'function', callback);
    Reflect.apply(original, this, args).then(
      (value) => timing.setImmediate(callback, null, value),
      (reason) => timing.setImmediate(callback, reason || Object.assign(
        make(Error, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value'), { reason })),
    );
  };
}

function inherits(constructor, parent) {
  if (typeof constructor !== 'function') throw argType('ctor', 'function', constructor);
  if (typeof parent !== 'function') throw argType('superCtor', 'function', parent);
  if (parent.prototype === undefined) throw argType('superCtor.prototype', 'Object', parent.prototype);
  Object.defineProperty(constructor, 'super_', { value: parent, writable: true, configurable: true });
  Object.setPrototypeOf(constructor.prototype, parent.prototype);
}

function deprecate(fn, message, code) {
  let warned = false;
  return function (...args) {
    if (!warned) globalThis.console.warn(`DeprecationWarning: ${message}`);
    warned = true;
    return new.target ? Reflect.construct(fn, args, new.target) : Reflect.apply(fn, this, args);
  };
}

const stripVTControlCharacters = (text) => text.replace(/[\u001b\u009b][[\]()#;?]*(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PR-TZcf-nq-uy=><~]/g, '');

Object.assign(exports, {
  inspect, format, formatWithOptions, promisify, callbackify, inherits, deprecate, types, isDeepStrictEqual, stripVTControlCharacters,
  TextEncoder: internal('encoding').TextEncoder,
  TextDecoder: internal('encoding').TextDecoder,
  toUSVString: (text) => `${text}`.toWellFormed(),
  debuglog: () => Object.assign(() => {}, { enabled: false }),
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  isRegExp: types.isRegExp,
  isObject: (value) => value !== null && typeof value === 'object',
  isDate: types.isDate,
  isError: (value) => types.isNativeError(value) || value instanceof Error,
  isFunction: (value) => typeof value === 'function',
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
});
