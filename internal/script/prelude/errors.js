// Errors with the codes and words of Node's.
function make(Base, code, message) {
  const error = new Base(message);
  Object.defineProperty(error, 'code', { value: code, writable: true, configurable: true, enumerable: true });
  return error;
}

// received describes a value the way Node's messages end.
function received(value) {
  if (value === null || value === undefined) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object') {
    if (value.constructor?.name) return ` Received an instance of ${value.constructor.name}`;
    return ` Received ${internal('util').inspect(value, { depth: -1 })}`;
  }
  let text = internal('util').inspect(value, { colors: false });
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return ` Received type ${typeof value} (${text})`;
}

const primitives = ['string', 'function', 'number', 'object', 'boolean', 'bigint', 'symbol'];

// expected turns type names into "of type string or an instance of Buffer".
function expected(names) {
  const list = (words) => words.length < 3 ? words.join(' or ') : `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`;
  const types = names.filter((name) => primitives.includes(name.toLowerCase())).map((name) => name.toLowerCase());
  const classes = names.filter((name) => !primitives.includes(name.toLowerCase()));
  const parts = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of type' : 'of type'} ${list(types)}`);
  if (classes.length > 0) parts.push(`an instance of ${list(classes)}`);
  return parts.join(' or ');
}

exports.make = make;
exports.received = received;

exports.argType = (name, types, value) => make(TypeError, 'ERR_INVALID_ARG_TYPE',
  `The ${name.includes(' ') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`} must be ${expected([types].flat())}.${received(value)}`);

exports.argValue = (name, value, reason = 'is invalid') => make(TypeError, 'ERR_INVALID_ARG_VALUE',
  `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${internal('util').inspect(value)}`);

function separated(number) {
  let text = String(number);
  let out = '';
  const start = text[0] === '-' ? 1 : 0;
  for (; text.length > start + 3; text = text.slice(0, -3)) out = `_${text.slice(-3)}${out}`;
  return text + out;
}

exports.outOfRange = (name, range, value) => make(RangeError, 'ERR_OUT_OF_RANGE',
  `The value of "${name}" is out of range. It must be ${range}. Received ${
    Number.isInteger(value) && Math.abs(value) > 2 ** 32 ? separated(value)
      : typeof value === 'bigint' ? `${value > 2n ** 32n || value < -(2n ** 32n) ? separated(value) : value}n`
        : internal('util').inspect(value)}`);

exports.unknownEncoding = (encoding) => make(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
