// require('url'): URL and URLSearchParams (https://url.spec.whatwg.org/) on
// the host's parser, and Node's old url.parse and its kin.
const { argType, make } = internal('errors');
const encoder = internal('encoding');
const customInspect = Symbol.for('nodejs.util.inspect.custom');

// --- application/x-www-form-urlencoded

function percentDecode(text) {
  text = text.replace(/\+/g, ' ');
  if (!text.includes('%')) return text.toWellFormed();
  const source = encoder.encode(text);
  const out = new Uint8Array(source.length);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const pair = source[i] === 0x25 ? String.fromCharCode(source[i + 1], source[i + 2]) : '';
    if (/^[0-9a-fA-F]{2}$/.test(pair)) {
      out[length++] = parseInt(pair, 16);
      i += 2;
    } else {
      out[length++] = source[i];
    }
  }
  return encoder.decode(out.subarray(0, length));
}

function parsePairs(text) {
  const pairs = [];
  for (const part of text.split('&')) {
    if (part === '') continue;
    const cut = part.indexOf('=');
    pairs.push(cut < 0 ? [percentDecode(part), ''] : [percentDecode(part.slice(0, cut)), percentDecode(part.slice(cut + 1))]);
  }
  return pairs;
}

const formEncode = (text) => encodeURIComponent(text.toWellFormed()).replace(/%20/g, '+')
  .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const printPairs = (pairs) => pairs.map(([name, value]) => `${formEncode(name)}=${formEncode(value)}`).join('&');

function pairsOf(init) {
  if (init === undefined || init === null) return [];
  if (typeof init !== 'object' && typeof init !== 'function') return parsePairs(`${init}`.replace(/^\?/, ''));
  const iterate = init[Symbol.iterator];
  if (iterate === undefined || iterate === null) {
    return Reflect.ownKeys(init).filter((key) => Object.prototype.propertyIsEnumerable.call(init, key))
      .map((key) => [wellFormed(key), wellFormed(init[key])]);
  }
  if (typeof iterate !== 'function') throw make(TypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
  return [...init].map((pair) => {
    const items = typeof pair === 'object' && pair !== null && typeof pair[Symbol.iterator] === 'function' ? [...pair] : [];
    if (items.length !== 2) throw make(TypeError, 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple');
    return [wellFormed(items[0]), wellFormed(items[1])];
  });
}

const wellFormed = (value) => `${value}`.toWellFormed();

function need(args, count, ...names) {
  if (args.length >= count) return;
  const list = names.map((name) => `"${name}"`).join(' and ');
  throw make(TypeError, 'ERR_MISSING_ARGS', `The ${list} argument${names.length > 1 ? 's' : ''} must be specified`);
}

class URLSearchParams {
  #pairs;
  #changed;

  constructor(init) { this.#pairs = pairsOf(init); }

  // bind makes the parameters of a URL, which hears of every change.
  static bind(query, changed) {
    const params = new URLSearchParams(query);
    params.#changed = changed;
    return params;
  }
  static reset(params, query) { params.#pairs = parsePairs(query); }

  #update() { this.#changed?.(printPairs(this.#pairs)); }

  get size() { return this.#pairs.length; }

  append(name, value) {
    need(arguments, 2, 'name', 'value');
    this.#pairs.push([wellFormed(name), wellFormed(value)]);
    this.#update();
  }

  delete(name, value) {
    need(arguments, 1, 'name');
    name = wellFormed(name);
    this.#pairs = this.#pairs.filter((pair) => pair[0] !== name || (value !== undefined && pair[1] !== wellFormed(value)));
    this.#update();
  }

  get(name) {
    need(arguments, 1, 'name');
    name = wellFormed(name);
    return this.#pairs.find((pair) => pair[0] === name)?.[1] ?? null;
  }

  getAll(name) {
    need(arguments, 1, 'name');
    name = wellFormed(name);
    return this.#pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]);
  }

  has(name, value) {
    need(arguments, 1, 'name');
    name = wellFormed(name);
    return this.#pairs.some((pair) => pair[0] === name && (value === undefined || pair[1] === wellFormed(value)));
  }

  set(name, value) {
    need(arguments, 2, 'name', 'value');
    name = wellFormed(name);
    value = wellFormed(value);
    const first = this.#pairs.find((pair) => pair[0] === name);
    if (first === undefined) {
      this.#pairs.push([name, value]);
    } else {
      first[1] = value;
      this.#pairs = this.#pairs.filter((pair) => pair === first || pair[0] !== name);
    }
    this.#update();
  }

  sort() {
    this.#pairs.sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
    this.#update();
  }

  forEach(callback, self) {
    if (typeof callback !== 'function') throw argType('callback', 'function', callback);
    for (const [name, value] of this) Reflect.apply(callback, self, [value, name, this]);
  }

  *entries() { for (let i = 0; i < this.#pairs.length; i++) yield [...this.#pairs[i]]; }
  *keys() { for (const [name] of this) yield name; }
  *values() { for (const [, value] of this) yield value; }
  [Symbol.iterator]() { return this.entries(); }

  toString() { return printPairs(this.#pairs); }

  [customInspect](depth, options, inspect) {
    const pairs = this.#pairs.map(([name, value]) => `${inspect(name, options)} => ${inspect(value, options)}`);
    return pairs.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${pairs.join(', ')} }`;
  }
}
const { bind, reset } = URLSearchParams;
delete URLSearchParams.bind;
delete URLSearchParams.reset;
Object.defineProperty(URLSearchParams.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });

// --- URL

const names = ['href', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

function parse(input, base) {
  const text = base === undefined ? host('url', input, '', false) : host('url', input, base, true);
  return text === false ? undefined : split(text);
}

function split(text) {
  const parts = {};
  text.split('\n').forEach((part, i) => { parts[names[i]] = part; });
  return parts;
}

function invalid(input, base) {
  const error = make(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
  error.input = input;
  if (base !== undefined) error.base = base;
  return error;
}

const originSchemes = ['http:', 'https:', 'ftp:', 'ws:', 'wss:'];

class URL {
  #parts;
  #params;

  constructor(input, base) {
    need(arguments, 1, 'url');
    input = wellFormed(input);
    if (base !== undefined) base = wellFormed(base);
    this.#parts = parse(input, base);
    if (this.#parts === undefined) throw invalid(input, base);
  }

  static canParse(input, base) {
    need(arguments, 1, 'url');
    return parse(wellFormed(input), base === undefined ? undefined : wellFormed(base)) !== undefined;
  }

  static parse(input, base) { return URL.canParse(input, base) ? new URL(input, base) : null; }

  get href() { return this.#parts.href; }
  set href(value) {
    const parts = parse(wellFormed(value));
    if (parts === undefined) throw invalid(`${value}`);
    this.#parts = parts;
    this.#refresh();
  }

  get origin() {
    const { protocol, host, pathname } = this.#parts;
    if (originSchemes.includes(protocol)) return `${protocol}//${host}`;
    const inner = protocol === 'blob:' ? parse(pathname) : undefined;
    return inner !== undefined && /^https?:$/.test(inner.protocol) ? `${inner.protocol}//${inner.host}` : 'null';
  }

  get searchParams() {
    return this.#params ??= bind(this.search.slice(1), (query) => this.#set('search', query));
  }

  #set(name, value) { this.#parts = split(host('setURL', this.#parts.href, name, value)); }

  #refresh() { if (this.#params !== undefined) reset(this.#params, this.search.slice(1)); }

  // part defines the accessor of a part that can be set alone.
  static part(name) {
    Object.defineProperty(URL.prototype, name, {
      get() { return this.#parts[name]; },
      set(value) {
        this.#set(name, wellFormed(value));
        if (name === 'search') this.#refresh();
      },
      enumerable: true, configurable: true,
    });
  }

  toString() { return this.#parts.href; }
  toJSON() { return this.#parts.href; }

  [customInspect](depth, options, inspect) {
    if (depth < 0) return this.toString();
    const shown = {};
    for (const name of ['href', 'origin', ...names.slice(1, 9), 'searchParams', 'hash']) shown[name] = this[name];
    return `URL ${inspect(shown, options)}`;
  }
}
for (const name of names.slice(1)) URL.part(name);
delete URL.part;
Object.defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });
for (const name of ['href', 'origin', 'searchParams', 'toString', 'toJSON']) {
  Object.defineProperty(URL.prototype, name, { enumerable: true });
}

// --- Node's own functions

const slashed = ['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'];

class Url {
  protocol = null; slashes = null; auth = null; host = null; port = null; hostname = null;
  hash = null; search = null; query = null; pathname = null; path = null; href = null;
  parse(text, query, slashes) { return Object.assign(this, legacyParse(text, query, slashes)); }
  format() { return legacyFormat(this); }
  resolve(to) { return legacyResolve(this.format(), to); }
}

const escapes = /[\t\n\r "'<>\\^`{|}]/g;
const escaped = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

// legacyParse splits as url.parse does, which is no parser of the standard:
// relative references stay relative and nothing is resolved.
function legacyParse(text, parseQuery = false, slashesDenoteHost = false) {
  if (typeof text !== 'string') throw argType('url', 'string', text);
  const out = new Url();
  let rest = text.trim().replace(/^[^?#]*/, (head) => head.replace(/\\/g, '/'));
  const protocol = /^[a-z0-9.+-]+:/i.exec(rest)?.[0].toLowerCase();
  if (protocol !== undefined) {
    out.protocol = protocol;
    rest = rest.slice(protocol.length);
  }
  const scheme = protocol?.slice(0, -1);
  const marked = rest.startsWith('//') && (protocol !== undefined || slashesDenoteHost || /^\/\/[^@/]+@[^@/]+/.test(rest));
  if (scheme !== 'javascript' && (marked || (protocol !== undefined && !slashed.includes(scheme)))) {
    if (marked) out.slashes = true;
    rest = authority(out, marked ? rest.slice(2) : rest, text);
  }
  rest = rest.replace(escapes, escaped);
  const hash = rest.indexOf('#');
  if (hash >= 0) [out.hash, rest] = [rest.slice(hash), rest.slice(0, hash)];
  const mark = rest.indexOf('?');
  if (mark >= 0) {
    out.search = rest.slice(mark);
    out.query = out.search.slice(1);
    rest = rest.slice(0, mark);
  } else if (parseQuery) {
    out.search = '';
    out.query = '';
  }
  if (parseQuery) out.query = internal('querystring').parse(out.query);
  if (rest !== '') out.pathname = rest;
  else if (slashed.includes(scheme) && out.hostname) out.pathname = '/';
  if (out.pathname !== null || out.search) out.path = (out.pathname ?? '') + (out.search ?? '');
  out.href = legacyFormat(out);
  return out;
}

// authority takes user, host and port off the front and returns the rest.
function authority(out, rest, whole) {
  const end = rest.search(/[/?#]/);
  const part = end < 0 ? rest : rest.slice(0, end);
  const at = part.lastIndexOf('@');
  if (at >= 0) out.auth = decodeURIComponent(part.slice(0, at));
  out.host = part.slice(at + 1).toLowerCase();
  const port = /:([0-9]*)$/.exec(out.host)?.[1];
  if (port) out.port = port;
  out.hostname = port === undefined ? out.host : out.host.slice(0, -1 - port.length);
  if (/[\s<>^|%]/.test(out.hostname)) throw Object.assign(make(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input: whole });
  if (/[^\x00-\x7f]/.test(out.hostname)) out.hostname = domainToASCII(out.hostname);
  out.host = out.hostname + (port ? `:${port}` : '');
  out.hostname = out.hostname.replace(/^\[(.*)\]$/, '$1');
  return end < 0 ? '' : rest.slice(end);
}

function legacyFormat(url, options) {
  if (typeof url === 'string') url = legacyParse(url);
  if (url instanceof URL) return formatURL(url, options);
  if (typeof url !== 'object' || url === null) throw argType('urlObject', ['Object', 'string'], url);
  let protocol = url.protocol ?? '';
  if (protocol !== '' && !protocol.endsWith(':')) protocol += ':';
  const auth = url.auth ? `${encodeURIComponent(url.auth).replace(/%3A/i, ':')}@` : '';
  let authority = '';
  if (url.host) authority = auth + url.host;
  else if (url.hostname) authority = auth + (url.hostname.includes(':') ? `[${url.hostname}]` : url.hostname) + (url.port ? `:${url.port}` : '');
  const query = typeof url.query === 'object' && url.query !== null ? internal('querystring').stringify(url.query) : '';
  let search = url.search || (query && `?${query}`) || '';
  let pathname = (url.pathname ?? '').replace(/[?#]/g, encodeURIComponent);
  if (url.slashes || slashed.includes(protocol.slice(0, -1))) {
    if (url.slashes || authority !== '') {
      if (pathname !== '' && pathname[0] !== '/') pathname = `/${pathname}`;
      authority = `//${authority}`;
    }
  }
  let hash = url.hash ?? '';
  if (hash !== '' && hash[0] !== '#') hash = `#${hash}`;
  if (search !== '' && search[0] !== '?') search = `?${search}`;
  return protocol + authority + pathname + search.replace(/#/g, '%23') + hash;
}

function formatURL(url, { auth = true, fragment = true, search = true, unicode = false } = {}) {
  const copy = new URL(url.href);
  if (!auth) copy.username = copy.password = '';
  if (!fragment) copy.hash = '';
  if (!search) copy.search = '';
  return unicode ? copy.href.replace(copy.hostname, domainToUnicode(copy.hostname)) : copy.href;
}

function legacyResolve(from, to) {
  const base = 'resolve://x';
  const resolved = new URL(to, new URL(from, `${base}/`));
  if (resolved.protocol !== 'resolve:') return resolved.href;
  const path = resolved.href.slice(base.length);
  return from[0] === '/' || to[0] === '/' ? path : path.slice(1);
}

const domainToASCII = (domain) => parse(`ws://${domain}`)?.hostname ?? '';
const domainToUnicode = (domain) => host('domainToUnicode', domainToASCII(domain));

function fileURLToPath(url) {
  const { protocol, hostname, pathname } = new URL(url);
  if (protocol !== 'file:') throw make(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (hostname !== '') throw make(TypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  return decodeURIComponent(pathname);
}

function urlToHttpOptions(url) {
  const { hostname, port, protocol, username, password, pathname, search, hash, href } = url;
  const out = { __proto__: null, protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), hash, search, pathname, path: pathname + search, href };
  if (port !== '') out.port = Number(port);
  if (username || password) out.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return out;
}

Object.assign(exports, {
  URL, URLSearchParams, Url,
  parse: legacyParse, format: legacyFormat, resolve: legacyResolve,
  domainToASCII, domainToUnicode, fileURLToPath, urlToHttpOptions,
  pathToFileURL: (path) => new URL(`file://${encodeURI(internal('path').resolve(path)).replace(/[?#]/g, encodeURIComponent)}`),
});
