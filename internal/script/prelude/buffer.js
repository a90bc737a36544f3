// require('buffer'): Node's Buffer on the engine's own hex and base64 and the
// host's UTF-8.
const { argType, argValue, outOfRange, unknownEncoding, make } = internal('errors');
const { encode, decode, view } = internal('encoding');

const { fromHex, fromBase64 } = Uint8Array;
const { toHex, toBase64 } = Uint8Array.prototype;
const call = (method, bytes, ...args) => Reflect.apply(method, bytes, args);
const maxLength = 2 ** 32;

// --- encodings: name -> { bytes(text), text(bytes) }

const latin1 = {
  bytes(text) {
    const out = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
    return out;
  },
  text: (bytes) => characters(bytes, 0xff),
};

function characters(bytes, mask) {
  let out = '';
  for (let i = 0; i < bytes.length; i += 4096) {
    const part = bytes.subarray(i, i + 4096);
    out += String.fromCharCode(...(mask === 0xff ? part : part.map((byte) => byte & mask)));
  }
  return out;
}

const utf16le = {
  bytes(text) {
    const out = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      out[2 * i] = unit;
      out[2 * i + 1] = unit >> 8;
    }
    return out;
  },
  text(bytes) {
    let out = '';
    for (let i = 0; i + 1 < bytes.length; i += 2) out += String.fromCharCode(bytes[i] | (bytes[i + 1] << 8));
    return out;
  },
};

const hex = {
  bytes(text) {
    const good = /^(?:[0-9a-fA-F]{2})*/.exec(text)[0];
    return call(fromHex, Uint8Array, good);
  },
  text: (bytes) => call(toHex, bytes),
};

// Node's decoder takes both alphabets, skips what is in neither and stops at
// the padding.
function fromLooseBase64(text) {
  let clean = text.replace(/=[^]*$/, '').replace(/-/g, '+').replace(/_/g, '/').replace(/[^A-Za-z0-9+/]+/g, '');
  if (clean.length % 4 === 1) clean = clean.slice(0, -1);
  return call(fromBase64, Uint8Array, clean);
}

const encodings = {
  __proto__: null,
  utf8: { bytes: encode, text: decode },
  utf16le,
  latin1,
  ascii: { bytes: latin1.bytes, text: (bytes) => characters(bytes, 0x7f) },
  hex,
  base64: { bytes: fromLooseBase64, text: (bytes) => call(toBase64, bytes) },
  base64url: { bytes: fromLooseBase64, text: (bytes) => call(toBase64, bytes, { alphabet: 'base64url', omitPadding: true }) },
};
encodings['utf-8'] = encodings.utf8;
encodings.ucs2 = encodings['ucs-2'] = encodings['utf-16le'] = utf16le;
encodings.binary = latin1;

const find = (name) => encodings[name] ?? encodings[`${name}`.toLowerCase()];

function encodingOf(name) {
  if (name === undefined || name === null || name === '') return encodings.utf8;
  const found = find(name);
  if (found === undefined) throw unknownEncoding(name);
  return found;
}

// --- making

// as makes a Buffer of bytes without a copy.
const as = (bytes) => new Buffer_(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function checkSize(size) {
  if (typeof size !== 'number') throw argType('size', 'number', size);
  if (!(size >= 0 && size <= maxLength)) throw outOfRange('size', `>= 0 && <= ${maxLength}`, size);
}

function fromObject(value) {
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return undefined;
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return fromArrayLike(value);
  if (value.length !== undefined || value.buffer instanceof ArrayBuffer) {
    return typeof value.length === 'number' ? fromArrayLike(value) : as(new Uint8Array(0));
  }
  if (value.type === 'Buffer' && Array.isArray(value.data)) return fromArrayLike(value.data);
  return undefined;
}

function fromArrayLike(list) {
  const out = new Buffer_(list.length > 0 ? list.length : 0);
  for (let i = 0; i < out.length; i++) out[i] = Number(list[i]);
  return out;
}

// Arguments as JavaScript's slice takes them.
function range(value, fallback, length) {
  value = value === undefined ? fallback : Math.trunc(Number(value)) || 0;
  return value < 0 ? Math.max(0, length + value) : Math.min(value, length);
}

function isBytes(value) { return value instanceof Uint8Array; }

function needBytes(name, value) {
  if (!isBytes(value)) throw argType(name, ['Buffer', 'Uint8Array'], value);
}

class Buffer_ extends Uint8Array {
  static poolSize = 8192;

  static from(value, encodingOrOffset, length) {
    if (typeof value === 'string') return as(encodingOf(encodingOrOffset).bytes(value));
    if (typeof value === 'object' && value !== null) {
      if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return fromArrayBuffer(value, encodingOrOffset, length);
      const primitive = value.valueOf?.();
      if (primitive !== null && primitive !== undefined && primitive !== value &&
        (typeof primitive === 'string' || typeof primitive === 'object')) return Buffer_.from(primitive, encodingOrOffset, length);
      const made = fromObject(value);
      if (made !== undefined) return made;
      const text = value[Symbol.toPrimitive]?.('string');
      if (typeof text === 'string') return Buffer_.from(text, encodingOrOffset);
    }
    throw make(TypeError, 'ERR_INVALID_ARG_TYPE', 'The first argument must be of type string or an instance of Buffer, ' +
      `ArrayBuffer, or Array or an Array-like Object.${internal('errors').received(value)}`);
  }

  static of(...items) { return fromArrayLike(items); }

  static alloc(size, fill, encoding) {
    checkSize(size);
    const out = new Buffer_(size);
    return fill !== undefined && fill !== 0 && size > 0 ? out.fill(fill, encoding) : out;
  }

  static allocUnsafe(size) { return Buffer_.alloc(size); }
  static allocUnsafeSlow(size) { return Buffer_.alloc(size); }

  static concat(list, length) {
    if (!Array.isArray(list)) throw argType('list', 'Array', list);
    if (length === undefined) length = list.reduce((sum, item) => sum + item.length, 0);
    const out = Buffer_.alloc(length);
    let at = 0;
    list.forEach((item, i) => {
      needBytes(`list[${i}]`, item);
      if (at >= length) return;
      out.set(at + item.length > length ? item.subarray(0, length - at) : item, at);
      at += item.length;
    });
    return out;
  }

  static compare(a, b) {
    needBytes('buf1', a);
    needBytes('buf2', b);
    const shared = Math.min(a.length, b.length);
    for (let i = 0; i < shared; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    return Math.sign(a.length - b.length);
  }

  static isBuffer(value) { return value instanceof Buffer_; }
  static isEncoding(name) { return typeof name === 'string' && name !== '' && find(name) !== undefined; }

  static byteLength(value, encoding) {
    if (typeof value === 'string') return (find(encoding ?? 'utf8') ?? encodings.utf8).bytes(value).length;
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return value.byteLength;
    throw argType('string', ['string', 'Buffer', 'ArrayBuffer'], value);
  }

  get parent() { return this.buffer; }
  get offset() { return this.byteOffset; }

  toString(encoding, start, end) {
    const from = Math.min(Math.max(0, Math.trunc(start) || 0), this.length);
    const to = end === undefined ? this.length : Math.min(Math.max(0, Math.trunc(end) || 0), this.length);
    if (to <= from) return '';
    return encodingOf(encoding).text(from === 0 && to === this.length ? this : this.subarray(from, to));
  }

  toLocaleString(encoding, start, end) { return this.toString(encoding, start, end); }
  toJSON() { return { type: 'Buffer', data: Array.from(this) }; }

  equals(other) {
    needBytes('otherBuffer', other);
    return this === other || (this.length === other.length && Buffer_.compare(this, other) === 0);
  }

  compare(target, targetStart = 0, targetEnd = target?.length, start = 0, end = this.length) {
    needBytes('target', target);
    return Buffer_.compare(this.subarray(start, end), target.subarray(targetStart, targetEnd));
  }

  subarray(start, end) {
    const from = range(start, 0, this.length);
    return new Buffer_(this.buffer, this.byteOffset + from, Math.max(0, range(end, this.length, this.length) - from));
  }

  slice(start, end) { return this.subarray(start, end); }

  copy(target, targetStart = 0, start = 0, end = this.length) {
    needBytes('target', target);
    if (targetStart < 0) throw outOfRange('targetStart', '>= 0', targetStart);
    if (start < 0 || start > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, start);
    if (end < 0) throw outOfRange('sourceEnd', '>= 0', end);
    if (targetStart >= target.length || start >= end) return 0;
    const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
    target.set(part, targetStart);
    return part.length;
  }

  fill(value, offset, end, encoding) {
    if (typeof offset === 'string') [encoding, offset, end] = [offset, undefined, undefined];
    else if (typeof end === 'string') [encoding, end] = [end, undefined];
    const from = offset ?? 0;
    const to = end ?? this.length;
    if (from < 0 || from > this.length) throw outOfRange('offset', `>= 0 && <= ${this.length}`, from);
    if (to < 0 || to > this.length) throw outOfRange('end', `>= 0 && <= ${this.length}`, to);
    if (typeof value === 'string') value = encodingOf(encoding).bytes(value);
    if (!ArrayBuffer.isView(value)) {
      super.fill(Number(value) & 0xff, from, to);
      return this;
    }
    value = view(value);
    if (value.length === 0) {
      if (arguments[0].length > 0) throw argValue('value', arguments[0]);
      super.fill(0, from, to);
    } else {
      for (let i = from; i < to; i++) this[i] = value[(i - from) % value.length];
    }
    return this;
  }

  write(text, offset, length, encoding) {
    if (typeof text !== 'string') throw argType('argument', 'string', text);
    if (typeof offset === 'string') [encoding, offset, length] = [offset, undefined, undefined];
    else if (typeof length === 'string') [encoding, length] = [length, undefined];
    const from = offset ?? 0;
    if (from < 0 || from > this.length) throw outOfRange('offset', `>= 0 && <= ${this.length}`, from);
    const room = Math.min(length ?? Infinity, this.length - from);
    const codec = encodingOf(encoding);
    const bytes = codec.bytes(text);
    let count = Math.min(bytes.length, room);
    if (codec === encodings.utf8) while (count < bytes.length && count > 0 && (bytes[count] & 0xc0) === 0x80) count--;
    if (codec === utf16le) count -= count % 2;
    this.set(bytes.subarray(0, count), from);
    return count;
  }

  indexOf(value, offset, encoding) { return search(this, value, offset, encoding, false); }
  lastIndexOf(value, offset, encoding) { return search(this, value, offset, encoding, true); }
  includes(value, offset, encoding) { return this.indexOf(value, offset, encoding) !== -1; }

  swap16() { return swap(this, 2); }
  swap32() { return swap(this, 4); }
  swap64() { return swap(this, 8); }
}

function fromArrayBuffer(buffer, offset = 0, length) {
  offset = Number(offset) || 0;
  const most = buffer.byteLength - offset;
  if (most < 0) throw make(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
  length = length === undefined ? most : Math.max(0, Number(length) || 0);
  if (length > most) throw make(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"length" is outside of buffer bounds');
  return new Buffer_(buffer, offset, length);
}

function search(buffer, value, offset, encoding, last) {
  if (typeof offset === 'string') [encoding, offset] = [offset, undefined];
  let from = Math.trunc(Number(offset));
  if (Number.isNaN(from)) from = last ? buffer.length : 0;
  if (from < 0) from += buffer.length;
  if (typeof value === 'number') {
    const byte = value & 0xff;
    return last ? Uint8Array.prototype.lastIndexOf.call(buffer, byte, from) : Uint8Array.prototype.indexOf.call(buffer, byte, from);
  }
  if (typeof value === 'string') value = encodingOf(encoding).bytes(value);
  else if (!isBytes(value)) throw argType('value', ['number', 'string', 'Buffer', 'Uint8Array'], value);
  const end = buffer.length - value.length;
  const matches = (at) => {
    for (let i = 0; i < value.length; i++) if (buffer[at + i] !== value[i]) return false;
    return true;
  };
  if (last) {
    if (from < 0) return -1;
    for (let at = Math.min(from, end); at >= 0; at--) if (matches(at)) return at;
  } else {
    if (value.length === 0) return Math.min(Math.max(from, 0), buffer.length);
    for (let at = Math.max(from, 0); at <= end; at++) if (matches(at)) return at;
  }
  return -1;
}

function swap(buffer, size) {
  if (buffer.length % size !== 0) {
    throw make(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
  }
  for (let i = 0; i < buffer.length; i += size) buffer.subarray(i, i + size).reverse();
  return buffer;
}

// --- numbers

function checkOffset(buffer, offset, size) {
  if (typeof offset !== 'number') throw argType('offset', 'number', offset);
  const most = buffer.length - size;
  if (!Number.isInteger(offset)) throw outOfRange('offset', 'an integer', offset);
  if (most < 0) throw make(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  if (offset < 0 || offset > most) throw outOfRange('offset', `>= 0 and <= ${most}`, offset);
}

const dataView = (buffer) => new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);

// boundsText writes a type's range as Node does: small ones in figures.
function boundsText(low, high, bits) {
  const n = typeof low === 'bigint' ? 'n' : '';
  if (bits <= 32 && n === '') return `>= ${low} and <= ${high}`;
  if (low === 0 || low === 0n) return `>= 0${n} and < 2${n} ** ${bits}${n}`;
  return `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`;
}

function checkValue(value, low, high, bits) {
  if (typeof low === 'bigint' && typeof value !== 'bigint') throw argType('value', 'bigint', value);
  if (value > high || value < low) throw outOfRange('value', boundsText(low, high, bits), value);
}

function define(names, read, write) {
  for (const name of names) {
    Object.defineProperty(Buffer_.prototype, `read${name}`, { value: read, writable: true, configurable: true });
    Object.defineProperty(Buffer_.prototype, `write${name}`, { value: write, writable: true, configurable: true });
  }
}

// fixed defines the methods of a type that DataView knows.
function fixed(name, kind, size, little, bounds) {
  const aliases = name.includes('UInt') ? [name, name.replace('UInt', 'Uint')] : [name];
  define(aliases, function (offset = 0) {
    checkOffset(this, offset, size);
    return dataView(this)[`get${kind}`](offset, little);
  }, function (value, offset = 0) {
    if (bounds === undefined) value = Number(value);
    else if (typeof bounds[0] !== 'bigint') value = +value;
    if (bounds !== undefined) checkValue(value, ...bounds, size * 8);
    checkOffset(this, offset, size);
    dataView(this)[`set${kind}`](offset, value, little);
    return offset + size;
  });
}

function bothEnds(name, kind, size, bounds) {
  fixed(`${name}LE`, kind, size, true, bounds);
  fixed(`${name}BE`, kind, size, false, bounds);
}

fixed('UInt8', 'Uint8', 1, true, [0, 0xff]);
fixed('Int8', 'Int8', 1, true, [-0x80, 0x7f]);
bothEnds('UInt16', 'Uint16', 2, [0, 0xffff]);
bothEnds('Int16', 'Int16', 2, [-0x8000, 0x7fff]);
bothEnds('UInt32', 'Uint32', 4, [0, 0xffffffff]);
bothEnds('Int32', 'Int32', 4, [-0x80000000, 0x7fffffff]);
bothEnds('BigUInt64', 'BigUint64', 8, [0n, 2n ** 64n - 1n]);
bothEnds('BigInt64', 'BigInt64', 8, [-(2n ** 63n), 2n ** 63n - 1n]);
bothEnds('Float', 'Float32', 4);
bothEnds('Double', 'Float64', 8);

// variable defines the methods that take a byte length of 1 to 6.
function variable(name, signed, little) {
  const aliases = signed ? [name] : [name, name.replace('UInt', 'Uint')];
  define(aliases, function (offset, length) {
    checkLength(length);
    checkOffset(this, offset, length);
    let out = 0;
    for (let i = 0; i < length; i++) out = out * 256 + this[offset + (little ? length - 1 - i : i)];
    return signed && out >= 2 ** (8 * length - 1) ? out - 2 ** (8 * length) : out;
  }, function (value, offset, length) {
    checkLength(length);
    const bits = 8 * length;
    value = +value;
    checkValue(value, signed ? -(2 ** (bits - 1)) : 0, 2 ** (signed ? bits - 1 : bits) - 1, bits);
    checkOffset(this, offset, length);
    let rest = value < 0 ? value + 2 ** bits : value;
    for (let i = 0; i < length; i++, rest = Math.floor(rest / 256)) this[offset + (little ? i : length - 1 - i)] = rest % 256;
    return offset + length;
  });
}

function checkLength(length) {
  if (typeof length !== 'number') throw argType('byteLength', 'number', length);
  if (!(length >= 1 && length <= 6)) throw outOfRange('byteLength', '>= 1 and <= 6', length);
}

for (const [name, signed] of [['UInt', false], ['Int', true]]) {
  variable(`${name}LE`, signed, true);
  variable(`${name}BE`, signed, false);
}

for (const name of ['hex', 'utf8', 'ascii', 'latin1', 'base64', 'base64url', 'ucs2', 'utf16le']) {
  Object.defineProperty(Buffer_.prototype, `${name}Slice`, {
    value(start, end) { return this.toString(name, start, end); }, writable: true, configurable: true,
  });
}

Object.defineProperty(Buffer_.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value(depth, options) {
    let bytes = this.subarray(0, 50).toString('hex').replace(/(.{2})(?!$)/g, '$1 ');
    const more = this.length - 50;
    if (more > 0) bytes += ` ... ${more} more byte${more > 1 ? 's' : ''}`;
    return `<${this.constructor.name}${bytes === '' ? '' : ` ${bytes}`}>`;
  },
  writable: true, configurable: true,
});

// Buffer is callable without new, with new only for the deprecated forms.
function Buffer(value, encodingOrOffset, length) {
  if (typeof value !== 'number') return Buffer_.from(value, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') throw argType('string', 'string', value);
  return Buffer_.alloc(value);
}
Object.setPrototypeOf(Buffer, Uint8Array);
for (const name of Object.getOwnPropertyNames(Buffer_)) {
  if (!['length', 'name', 'prototype'].includes(name)) {
    Object.defineProperty(Buffer, name, Object.getOwnPropertyDescriptor(Buffer_, name));
  }
}
Buffer.prototype = Buffer_.prototype;
Object.defineProperty(Buffer_.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });
Object.defineProperty(Buffer, Symbol.species, { get: () => Buffer_, configurable: true });
Object.defineProperty(Buffer_, 'name', { value: 'Buffer' });

// --- atob and btoa (https://infra.spec.whatwg.org/#forgiving-base64)

function invalidCharacter(message) {
  return new (internal('clone').DOMException)(message, 'InvalidCharacterError');
}

function atob(text) {
  if (arguments.length === 0) throw make(TypeError, 'ERR_MISSING_ARGS', 'The "input" argument must be specified');
  let clean = `${text}`.replace(/[\t\n\f\r ]/g, '');
  if (clean.length % 4 === 0) clean = clean.replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(clean)) throw invalidCharacter('Invalid character');
  if (clean.length % 4 === 1) throw invalidCharacter('The string to be decoded is not correctly encoded.');
  return latin1.text(fromLooseBase64(clean));
}

function btoa(text) {
  if (arguments.length === 0) throw make(TypeError, 'ERR_MISSING_ARGS', 'The "input" argument must be specified');
  text = `${text}`;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) throw invalidCharacter('Invalid character');
  return call(toBase64, latin1.bytes(text));
}

Object.assign(exports, {
  Buffer,
  SlowBuffer: Buffer,
  atob,
  btoa,
  isUtf8: (data) => host('decode', internal('encoding').base64(data), true) !== false,
  isAscii: (data) => view(data).every((byte) => byte < 0x80),
  kMaxLength: maxLength,
  kStringMaxLength: 2 ** 30 - 1,
  constants: { MAX_LENGTH: maxLength, MAX_STRING_LENGTH: 2 ** 30 - 1 },
  INSPECT_MAX_BYTES: 50,
});
