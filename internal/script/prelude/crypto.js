// require('crypto'): Node's interface; the work is done by Go's standard
// library. Whole inputs are collected here and handed over at once.
const { argType, argValue, make, outOfRange } = internal('errors');
const { base64, bytes, encode, view } = internal('encoding');

const binary = (data) => ArrayBuffer.isView(data) || data instanceof ArrayBuffer || data instanceof SharedArrayBuffer;
const buffer = (text) => {
  const data = bytes(text);
  return internal('buffer').Buffer.from(data.buffer, data.byteOffset, data.byteLength);
};
const dataTypes = ['string', 'Buffer', 'TypedArray', 'DataView'];

const isUTF8 = (encoding) => encoding === undefined || encoding === null || encoding === 'utf8' || encoding === 'utf-8' || encoding === 'buffer';

// toBytes reads a string in an encoding, or binary data.
function toBytes(name, data, encoding, types = dataTypes) {
  if (typeof data === 'string') return isUTF8(encoding) ? encode(data) : internal('buffer').Buffer.from(data, encoding);
  if (!binary(data)) throw argType(name, types, data);
  return view(data);
}

// output gives bytes (as base64) the form that the caller asked for; as in
// Node a form that does not exist is a Buffer.
function output(text, encoding) {
  const out = buffer(text);
  return internal('buffer').Buffer.isEncoding(encoding) ? out.toString(encoding) : out;
}

// toKey reads what stands for a secret key: a string, bytes or a KeyObject.
function toKey(key, name = 'key') {
  if (key instanceof KeyObject) key = key.export();
  if (typeof key === 'string') return encode(key);
  if (!binary(key)) throw argType(name, ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'], key);
  return view(key);
}

// attempt runs a host operation and gives its refusal Node's shape.
function attempt(code, ...args) {
  try {
    return host(...args);
  } catch (error) {
    if (error instanceof TypeError) throw make(Error, code, error.message);
    throw error;
  }
}

// --- hashes

class Parts {
  #parts = [];
  add(data, encoding) {
    if (typeof data === 'string') {
      if (!isUTF8(encoding)) data = toBytes('data', data, encoding);
    } else if (binary(data)) {
      data = view(data).slice();
    } else {
      throw argType('data', dataTypes, data);
    }
    this.#parts.push(data);
  }
  copy() {
    const copy = new Parts();
    copy.#parts = [...this.#parts];
    return copy;
  }
  bytes() {
    const parts = this.#parts.map((part) => typeof part === 'string' ? encode(part) : part);
    if (parts.length === 1) return parts[0];
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }
  // pair is what the host takes: one string goes over as it is.
  pair() {
    if (this.#parts.length === 1 && typeof this.#parts[0] === 'string') return ['utf8', this.#parts[0]];
    return ['base64', base64(this.bytes())];
  }
}

const direct = { __proto__: null, hex: 'hex', base64: 'base64', base64url: 'base64url' };

// Digest is what Hash and Hmac share.
class Digest {
  #parts = new Parts();
  #host;
  #done = false;

  constructor(operation) { this.#host = operation; }

  update(data, encoding) {
    if (this.#done) throw make(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.#parts.add(data, encoding);
    return this;
  }

  digest(encoding) {
    if (this.#done && !(this instanceof Hmac)) throw make(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    const form = direct[encoding];
    const text = this.#done ? '' : this.#host(this.#parts.pair(), form ?? 'base64');
    this.#done = true;
    return form === undefined ? output(text, encoding) : text;
  }

  fork(Type) {
    if (this.#done) throw make(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    const copy = new Type(this.#host);
    copy.#parts = this.#parts.copy();
    return copy;
  }
}

class Hash extends Digest {
  copy() { return this.fork(Hash); }
}

class Hmac extends Digest {}

function needString(name, value) {
  if (typeof value !== 'string') throw argType(name, 'string', value);
}

function createHash(algorithm) {
  needString('algorithm', algorithm);
  if (!host('hash', algorithm)) throw new Error('Digest method not supported');
  return new Hash((pair, form) => host('hash', algorithm, ...pair, form));
}

function createHmac(algorithm, key) {
  needString('hmac', algorithm);
  if (key instanceof KeyObject) key = key.export();
  const secret = typeof key === 'string' ? ['utf8', key] : ['base64', base64(toKey(key))];
  if (!host('hash', algorithm)) throw make(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
  return new Hmac((pair, form) => host('hmac', algorithm, ...secret, ...pair, form));
}

const hash = (algorithm, data, encoding = 'hex') => createHash(algorithm).update(data).digest(encoding);

// --- random numbers

function randomBytes(size, callback) {
  if (typeof size !== 'number') throw argType('size', 'number', size);
  if (!(size >= 0 && size <= 2 ** 31 - 1)) throw outOfRange('size', '>= 0 && <= 2147483647', size);
  const out = buffer(host('random', size));
  if (callback === undefined) return out;
  timing.setImmediate(callback, null, out);
}

function randomFillSync(target, offset = 0, size = target.byteLength - offset) {
  view(target).set(bytes(host('random', size)), offset);
  return target;
}

function randomInt(low, high, callback) {
  if (high === undefined || typeof high === 'function') [low, high, callback] = [0, low, high];
  if (!Number.isSafeInteger(low)) throw argType('min', 'a safe integer', low);
  if (!Number.isSafeInteger(high)) throw argType('max', 'a safe integer', high);
  if (high <= low) throw outOfRange('max', `greater than the value of "min" (${low})`, high);
  const span = high - low;
  if (span > 2 ** 48 - 1) throw outOfRange('max - min', `<= ${2 ** 48 - 1}`, span);
  const limit = 2 ** 48 - 2 ** 48 % span;
  let drawn;
  do drawn = randomBytes(6).readUIntBE(0, 6); while (drawn >= limit);
  const out = low + drawn % span;
  if (callback === undefined) return out;
  timing.setImmediate(callback, null, out);
}

function randomUUID() {
  const random = randomBytes(16);
  random[6] = random[6] & 0x0f | 0x40;
  random[8] = random[8] & 0x3f | 0x80;
  return random.toString('hex').replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
}

function getRandomValues(target) {
  if (target.byteLength > 65536) {
    throw new (internal('clone').DOMException)(
      `The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
  }
  return randomFillSync(target);
}

function timingSafeEqual(a, b) {
  for (const [name, data] of [['buf1', a], ['buf2', b]]) {
    if (binary(data)) continue;
    throw make(TypeError, 'ERR_INVALID_ARG_TYPE',
      `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`);
  }
  if (a.byteLength !== b.byteLength) {
    throw make(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  }
  return host('equal', base64(a), base64(b));
}

// --- ciphers

const cipherErrors = {
  __proto__: null,
  'Unknown cipher': [Error, 'ERR_CRYPTO_UNKNOWN_CIPHER'],
  'Invalid key length': [RangeError, 'ERR_CRYPTO_INVALID_KEYLEN'],
  'Invalid initialization vector': [TypeError, 'ERR_CRYPTO_INVALID_IV'],
  'bad decrypt': [Error, 'ERR_OSSL_BAD_DECRYPT', 'error:1C800064:Provider routines::bad decrypt'],
  'wrong final block length': [Error, 'ERR_OSSL_WRONG_FINAL_BLOCK_LENGTH', 'error:1C80006B:Provider routines::wrong final block length'],
};

// Cipheriv and Decipheriv pass all that came so far with each call and give
// out what is new.
class Cipher {
  #name;
  #encrypt;
  #key;
  #iv;
  #parts = new Parts();
  #given = 0;
  #padding = true;
  #additional = new Parts();
  #tag = '';
  #done = false;

  constructor(encrypt, name, key, iv) {
    needString('cipher', name);
    this.#name = name;
    this.#encrypt = encrypt;
    this.#key = base64(toKey(key));
    if (iv !== null && typeof iv !== 'string' && !binary(iv)) {
      throw argType('iv', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], iv);
    }
    this.#iv = iv === null ? '' : base64(toBytes('iv', iv));
    this.#call(false);
  }

  #call(last) {
    try {
      return host('cipher', this.#name, this.#encrypt, this.#key, this.#iv, base64(this.#parts.bytes()), last,
        this.#padding, base64(this.#additional.bytes()), this.#tag);
    } catch (error) {
      const known = cipherErrors[error.message];
      if (known === undefined) throw new Error(error.message);
      throw make(known[0], known[1], known[2] ?? error.message);
    }
  }

  #step(last, encoding) {
    const [text, tag] = this.#call(last).split('.');
    if (last && tag !== undefined) this.#tag = tag;
    const all = bytes(text);
    const fresh = all.subarray(this.#given);
    this.#given = all.length;
    return output(base64(fresh), encoding);
  }

  #open() {
    if (this.#done) throw make(Error, 'ERR_CRYPTO_INVALID_STATE', 'Unsupported state');
  }

  update(data, inputEncoding, outputEncoding) {
    this.#open();
    this.#parts.add(data, inputEncoding);
    return this.#step(false, outputEncoding);
  }

  final(encoding) {
    this.#open();
    const out = this.#step(true, encoding);
    this.#done = true;
    return out;
  }

  setAutoPadding(on = true) {
    this.#padding = !!on;
    return this;
  }

  setAAD(data, options) {
    this.#additional.add(data, options?.encoding);
    return this;
  }

  setAuthTag(tag, encoding) {
    this.#tag = base64(toBytes('buffer', tag, encoding));
    return this;
  }

  getAuthTag() {
    if (!this.#done || this.#tag === '') throw make(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state for operation getAuthTag');
    return buffer(this.#tag);
  }
}

class Cipheriv extends Cipher {
  constructor(name, key, iv) { super(true, name, key, iv); }
}

class Decipheriv extends Cipher {
  constructor(name, key, iv) { super(false, name, key, iv); }
}

// --- keys made of passwords

function pbkdf2Sync(password, salt, iterations, length, digest) {
  needString('digest', digest);
  if (typeof iterations !== 'number') throw argType('iterations', 'number', iterations);
  if (typeof length !== 'number') throw argType('keylen', 'number', length);
  if (!(iterations >= 1 && iterations <= 2 ** 31 - 1)) throw outOfRange('iterations', '>= 1 && <= 2147483647', iterations);
  if (!(length >= 0 && length <= 2 ** 31 - 1)) throw outOfRange('keylen', '>= 0 && <= 2147483647', length);
  if (!host('hash', digest)) throw make(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);
  return buffer(host('pbkdf2', base64(toBytes('password', password)), base64(toBytes('salt', salt)), iterations, length, digest));
}

function hkdfSync(digest, secret, salt, info, length) {
  if (!host('hash', digest)) throw make(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${digest}`);
  const out = bytes(attempt('ERR_CRYPTO_INVALID_KEYLEN', 'hkdf', digest, base64(toKey(secret, 'ikm')), base64(toBytes('salt', salt)),
    base64(toBytes('info', info)), length));
  return out.buffer;
}

// later makes the form with a callback of one that answers at once.
function later(work) {
  return (...args) => {
    const callback = args.pop();
    if (typeof callback !== 'function') throw argType('callback', 'function', callback);
    const out = work(...args);
    timing.setImmediate(callback, null, out);
  };
}

// --- signatures

class KeyObject {
  #type;
  #material;
  constructor(type, material) {
    this.#type = type;
    this.#material = material;
  }
  get type() { return this.#type; }
  get symmetricKeySize() { return this.#type === 'secret' ? this.#material.length : undefined; }
  export() { return this.#material; }
}

const createSecretKey = (key, encoding) => new KeyObject('secret', buffer(base64(toBytes('key', key, encoding))));

function pem(key) {
  if (key instanceof KeyObject) return key.export();
  const material = binary(key) || typeof key === 'string' ? key : key?.key;
  if (material instanceof KeyObject) return material.export();
  if (typeof material === 'string') return material;
  if (!binary(material)) throw argType('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'KeyObject', 'CryptoKey'], key);
  return internal('encoding').decode(material);
}

const keyArguments = (key) => [pem(key), key?.padding ?? 0, key?.dsaEncoding === 'ieee-p1363'];

function sign(algorithm, data, key) {
  return buffer(attempt('ERR_OSSL_UNSUPPORTED', 'sign', algorithm ?? '', base64(toBytes('data', data)), ...keyArguments(key)));
}

function verify(algorithm, data, key, signature) {
  return attempt('ERR_OSSL_UNSUPPORTED', 'verify', algorithm ?? '', base64(toBytes('data', data)), ...keyArguments(key),
    base64(toBytes('signature', signature)));
}

class Signing {
  #algorithm;
  #parts = new Parts();
  constructor(algorithm) {
    needString('algorithm', algorithm);
    if (!host('hash', algorithm)) throw make(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${algorithm}`);
    this.#algorithm = algorithm;
  }
  update(data, encoding) {
    this.#parts.add(data, encoding);
    return this;
  }
  write(data, encoding) { this.update(data, encoding); }
  end(data, encoding) {
    if (data !== undefined) this.update(data, encoding);
    return this;
  }
  input() { return [this.#algorithm, this.#parts.bytes()]; }
}

class Sign extends Signing {
  sign(key, encoding) {
    const signature = sign(...this.input(), key);
    return encoding === undefined || encoding === 'buffer' ? signature : signature.toString(encoding);
  }
}

class Verify extends Signing {
  verify(key, signature, encoding) { return verify(...this.input(), key, toBytes('signature', signature, encoding)); }
}

// --- the module

const hashes = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256',
  'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'];
const ciphers = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'aes-128-ctr', 'aes-192-ctr', 'aes-256-ctr', 'aes-128-ecb',
  'aes-192-ecb', 'aes-256-ecb', 'aes-128-gcm', 'aes-192-gcm', 'aes-256-gcm', 'des-ede3-cbc', 'des-ede3-ecb'];

Object.assign(exports, {
  createHash, createHmac, hash, Hash, Hmac,
  randomBytes, randomFillSync, randomInt, randomUUID, getRandomValues, timingSafeEqual,
  createCipheriv: (name, key, iv) => new Cipheriv(name, key, iv),
  createDecipheriv: (name, key, iv) => new Decipheriv(name, key, iv),
  Cipheriv, Decipheriv,
  pbkdf2Sync, pbkdf2: later(pbkdf2Sync), hkdfSync, hkdf: later(hkdfSync),
  createSign: (algorithm) => new Sign(algorithm),
  createVerify: (algorithm) => new Verify(algorithm),
  Sign, Verify, sign, verify, KeyObject, createSecretKey,
  createPrivateKey: (key) => new KeyObject('private', pem(key)),
  createPublicKey: (key) => new KeyObject('public', pem(key)),
  getHashes: () => [...hashes],
  getCiphers: () => [...ciphers],
  constants: { RSA_PKCS1_PADDING: 1, RSA_PKCS1_PSS_PADDING: 6, RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_AUTO: -2 },
});
