// TextEncoder and TextDecoder (https://encoding.spec.whatwg.org/).
const { fromBase64 } = Uint8Array;
const { toBase64 } = Uint8Array.prototype;

// view is the bytes of an ArrayBuffer or of a view on one.
function view(data) {
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}

exports.view = view;
exports.base64 = (data) => Reflect.apply(toBase64, view(data), []);
exports.bytes = (base64) => Reflect.apply(fromBase64, Uint8Array, [base64]);
exports.encode = (text) => exports.bytes(host('encode', text));
exports.decode = (data, fatal = false) => host('decode', exports.base64(data), fatal);

exports.TextEncoder = class TextEncoder {
  get encoding() { return 'utf-8'; }
  encode(text = '') { return exports.encode(`${text}`); }
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const character of `${text}`) {
      const bytes = exports.encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      read += character.length;
      written += bytes.length;
    }
    return { read, written };
  }
};

const labels = {
  __proto__: null,
  'utf-8': 'utf-8', utf8: 'utf-8', 'unicode-1-1-utf-8': 'utf-8',
  'utf-16le': 'utf-16le', 'utf-16': 'utf-16le', ucs2: 'utf-16le', unicode: 'utf-16le', 'utf-16be': 'utf-16be',
  latin1: 'windows-1252', 'iso-8859-1': 'windows-1252', ascii: 'windows-1252', 'us-ascii': 'windows-1252',
  'windows-1252': 'windows-1252', l1: 'windows-1252', cp1252: 'windows-1252',
};

// What windows-1252 has in the place of Latin-1's second set of controls.
const windows1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8DŽ\x8F\x90‘’“”•–—˜™š›œ\x9DžŸ';

const decoders = {
  __proto__: null,
  'windows-1252'(bytes) {
    let out = '';
    for (const byte of bytes) out += byte >= 0x80 && byte < 0xa0 ? windows1252[byte - 0x80] : String.fromCharCode(byte);
    return out;
  },
  'utf-16le': (bytes, fatal) => utf16(bytes, fatal, 0),
  'utf-16be': (bytes, fatal) => utf16(bytes, fatal, 1),
};

function utf16(bytes, fatal, high) {
  let out = '';
  let i = 0;
  for (; i + 1 < bytes.length; i += 2) out += String.fromCharCode(bytes[i + high] | (bytes[i + 1 - high] << 8));
  const whole = i === bytes.length;
  if (fatal && (!whole || !out.isWellFormed())) return false;
  return out.toWellFormed() + (whole ? '' : '\ufffd');
}

// incomplete is how many bytes at the end may begin a character.
function incomplete(bytes, encoding) {
  if (encoding === 'windows-1252') return 0;
  if (encoding !== 'utf-8') return bytes.length % 2;
  for (let n = 1; n <= Math.min(3, bytes.length); n++) {
    const byte = bytes[bytes.length - n];
    if (byte >= 0xc2 && byte <= 0xf4) return n < (byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4) ? n : 0;
    if (byte < 0x80 || byte > 0xbf) return 0;
  }
  return 0;
}

exports.TextDecoder = class TextDecoder {
  #encoding;
  #fatal;
  #ignoreBOM;
  #rest = new Uint8Array(0);
  #started = false;

  constructor(label = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
    this.#encoding = labels[`${label}`.trim().toLowerCase()];
    if (this.#encoding === undefined) {
      const error = new RangeError(`The "${label}" encoding is not supported`);
      error.code = 'ERR_ENCODING_NOT_SUPPORTED';
      throw error;
    }
    this.#fatal = !!fatal;
    this.#ignoreBOM = !!ignoreBOM;
  }

  get encoding() { return this.#encoding; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }

  decode(data = new Uint8Array(0), { stream = false } = {}) {
    let bytes = view(data);
    if (this.#rest.length > 0) {
      const joined = new Uint8Array(this.#rest.length + bytes.length);
      joined.set(this.#rest);
      joined.set(bytes, this.#rest.length);
      bytes = joined;
    }
    const keep = stream ? incomplete(bytes, this.#encoding) : 0;
    this.#rest = bytes.slice(bytes.length - keep);
    return this.#finish((decoders[this.#encoding] ?? exports.decode)(bytes.subarray(0, bytes.length - keep), this.#fatal), stream);
  }

  #finish(text, stream) {
    if (text === false) {
      const error = new TypeError(`The encoded data was not valid for encoding ${this.#encoding}`);
      error.code = 'ERR_ENCODING_INVALID_ENCODED_DATA';
      throw error;
    }
    const mark = !this.#started && !this.#ignoreBOM && text[0] === '\ufeff';
    this.#started = stream && (this.#started || text !== '');
    return mark ? text.slice(1) : text;
  }
};
