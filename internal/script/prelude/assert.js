// require('assert')
const { argType, argValue, make } = internal('errors');
const { inspect } = internal('inspect');
const { isDeepEqual, isDeepStrictEqual } = internal('equal');

const show = (value) => inspect(value, {
  compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false, sorted: true, getters: true,
  breakLength: Infinity,
});

const heads = {
  __proto__: null,
  strictEqual: 'Expected values to be strictly equal:',
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
};

const primitive = (value) => (typeof value !== 'object' || value === null) && typeof value !== 'function';

// describe words a failed comparison.
function describe(operator, actual, expected, head = heads[operator]) {
  const [a, b] = [show(actual), show(expected)];
  if (operator === '==' || operator === '!=') return `${a} ${operator} ${b}`;
  if (operator.startsWith('not')) return primitive(actual) ? `${head} ${a}` : `${head}\n\n${a}\n`;
  if (operator === 'deepEqual') return `${head}\n\n${a}\n\nshould loosely deep-equal\n\n${b}`;
  if (a === b) return `Values have same structure but are not reference-equal:\n\n${a}\n`;
  if (primitive(actual) && primitive(expected) && a.length + b.length <= 12 && (actual !== 0 || expected !== 0)) {
    return `${head}\n\n${a} !== ${b}\n`;
  }
  return `${head}\n+ actual - expected\n\n${difference(a.split('\n'), b.split('\n'))}`;
}

// difference prints the longest common lines once and the others with their
// sign. Long texts are compared by their common start and end only.
function difference(a, b) {
  const out = [];
  const lengths = a.length * b.length < 1e5 ? common(a, b) : undefined;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && sameLine(a[i], b[j])) {
      out.push(`  ${a[i++]}`);
      j++;
    } else if (i < a.length && (j === b.length || lengths === undefined || lengths[i + 1][j] >= lengths[i][j + 1])) {
      out.push(`+ ${a[i++]}`);
    } else {
      out.push(`- ${b[j++]}`);
    }
  }
  return out.join('\n');
}

// sameLine overlooks the comma that a last item lacks.
const sameLine = (a, b) => a === b || `${a},` === b || a === `${b},`;

// common counts the lines that the tails from i and j have in common.
function common(a, b) {
  const lengths = a.concat('').map(() => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i][j] = sameLine(a[i], b[j]) ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

class AssertionError extends Error {
  constructor(options) {
    if (typeof options !== 'object' || options === null) throw argType('options', 'Object', options);
    const { message, operator, actual, expected } = options;
    const shown = message === undefined || operator === 'strictEqual' || operator === 'deepStrictEqual';
    super(shown ? describe(operator, actual, expected, message) : String(message));
    this.generatedMessage = message === undefined;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }
  get name() { return 'AssertionError'; }
  toString() { return `${this.name} [${this.code}]: ${this.message}`; }
}

function refuse(options, message) {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ ...options, message: message ?? options.text });
  error.generatedMessage = message === undefined;
  throw error;
}

function ok(value, message) {
  if (value) return;
  const text = arguments.length === 0 ? 'No value argument passed to `assert.ok()`'
    : 'The expression evaluated to a falsy value:\n\n  assert.ok(' + inspect(value) + ')\n';
  refuse({ actual: value, expected: true, operator: '==', text }, message);
}

const comparison = (operator, holds) => ({
  [operator](actual, expected, message) {
    if (arguments.length < 2) throw make(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
    if (!holds(actual, expected)) refuse({ actual, expected, operator: signs[operator] ?? operator }, message);
  },
})[operator];

const signs = { __proto__: null, equal: '==', notEqual: '!=' };

// matches checks an exception against a class, a pattern, a function or an
// object of properties.
function matches(error, expected, message, operator) {
  if (expected === undefined) return;
  if (expected instanceof RegExp) {
    const text = String(error);
    if (expected.test(text)) return;
    refuse({ actual: error, expected, operator,
      text: `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n` }, message);
  }
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return;
    if (Object.prototype.isPrototypeOf.call(Error, expected)) {
      refuse({ actual: error, expected, operator,
        text: `The error is expected to be an instance of "${expected.name}". Received ${error?.constructor?.name
          ? `"${error.constructor.name}"` : `"${inspect(error)}"`}${error instanceof Error ? `\n\nError message:\n\n${error.message}` : ''}` }, message);
    }
    if (expected.call({}, error) === true) return;
    refuse({ actual: error, expected, operator,
      text: `The ${expected.name ? `"${expected.name}" ` : ''}validation function is expected to return "true". Received ${inspect(expected.call({}, error))}\n\nCaught error:\n\n${error}` }, message);
  }
  const keys = Object.keys(expected);
  if (expected instanceof Error) keys.push('name', 'message');
  if (keys.length === 0) throw argValue('error', expected, 'may not be an empty object');
  for (const key of keys) {
    const wanted = expected[key];
    if (wanted instanceof RegExp && typeof error?.[key] === 'string' && wanted.test(error[key])) continue;
    if (isDeepStrictEqual(error?.[key], wanted)) continue;
    refuse({ actual: new Comparison(error, keys), expected: new Comparison(expected, keys), operator: 'deepStrictEqual' }, message);
  }
}

// Comparison is the part of an object that a comparison is about.
class Comparison {
  constructor(source, keys) { for (const key of keys) if (key in Object(source)) this[key] = source[key]; }
}

function missing(expected, message, operator, what) {
  const name = expected?.name ? ` (${expected.name})` : '';
  refuse({ actual: undefined, expected, operator, text: `Missing expected ${what}${name}${message ? `: ${message}` : '.'}` });
}

function split(expected, message) { return typeof expected === 'string' ? [undefined, expected] : [expected, message]; }

function throws(fn, error, text) {
  if (typeof fn !== 'function') throw argType('fn', 'function', fn);
  const [expected, message] = split(error, text);
  try {
    fn();
  } catch (thrown) {
    matches(thrown, expected, message, 'throws');
    return;
  }
  missing(expected, message, 'throws', 'exception');
}

async function settle(promise) { return typeof promise === 'function' ? promise() : promise; }

async function rejects(promise, error, text) {
  const [expected, message] = split(error, text);
  try {
    await settle(promise);
  } catch (thrown) {
    matches(thrown, expected, message, 'rejects');
    return;
  }
  missing(expected, message, 'rejects', 'rejection');
}

function unwanted(error, expected, message, operator, what) {
  const [, text] = split(expected, message);
  refuse({ actual: error, expected, operator,
    text: `Got unwanted ${what}${text ? `: ${text}` : '.'}\nActual message: "${error?.message}"` });
}

function doesNotThrow(fn, expected, message) {
  if (typeof fn !== 'function') throw argType('fn', 'function', fn);
  try {
    fn();
  } catch (error) {
    unwanted(error, expected, message, 'doesNotThrow', 'exception');
  }
}

async function doesNotReject(promise, expected, message) {
  try {
    await settle(promise);
  } catch (error) {
    unwanted(error, expected, message, 'doesNotReject', 'rejection');
  }
}

function pattern(name, wanted, word) {
  return (text, regexp, message) => {
    if (!(regexp instanceof RegExp)) throw argType('regexp', 'RegExp', regexp);
    if (typeof text === 'string' && regexp.test(text) === wanted) return;
    refuse({ actual: text, expected: regexp, operator: name, text: typeof text === 'string'
      ? `The input ${word} the regular expression ${inspect(regexp)}. Input:\n\n${inspect(text)}\n`
      : `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})` }, message);
  };
}

const assert = module.exports = function assert(...args) { ok(...args); };

Object.assign(assert, {
  ok,
  fail(message = 'Failed') {
    if (message instanceof Error) throw message;
    throw new AssertionError({ message, operator: 'fail' });
  },
  ifError(value) {
    if (value === null || value === undefined) return;
    const message = typeof value === 'object' && typeof value.message === 'string' ? value.message || value.constructor?.name : inspect(value);
    throw new AssertionError({ actual: value, expected: null, operator: 'ifError', message: `ifError got unwanted exception: ${message}` });
  },
  equal: comparison('equal', (a, b) => a == b || (Number.isNaN(a) && Number.isNaN(b))),
  notEqual: comparison('notEqual', (a, b) => a != b && !(Number.isNaN(a) && Number.isNaN(b))),
  strictEqual: comparison('strictEqual', Object.is),
  notStrictEqual: comparison('notStrictEqual', (a, b) => !Object.is(a, b)),
  deepEqual: comparison('deepEqual', isDeepEqual),
  notDeepEqual: comparison('notDeepEqual', (a, b) => !isDeepEqual(a, b)),
  deepStrictEqual: comparison('deepStrictEqual', isDeepStrictEqual),
  notDeepStrictEqual: comparison('notDeepStrictEqual', (a, b) => !isDeepStrictEqual(a, b)),
  match: pattern('match', true, 'did not match'),
  doesNotMatch: pattern('doesNotMatch', false, 'was expected to not match'),
  throws, rejects, doesNotThrow, doesNotReject, AssertionError,
});

assert.strict = Object.assign(function strict(...args) { ok(...args); }, assert, {
  equal: assert.strictEqual, notEqual: assert.notStrictEqual, deepEqual: assert.deepStrictEqual, notDeepEqual: assert.notDeepStrictEqual,
});
assert.strict.strict = assert.strict;
