// fetch, Request and Response (https://fetch.spec.whatwg.org/), without
// streams. The server sends the requests: host('fetch') hands one over and
// answered() is told what came of it.
const { base64, bytes, decode, encode } = internal('encoding');
const { URL, URLSearchParams } = internal('url');
const { signalOf } = internal('abort');
const Headers = internal('headers');

const maxRequests = 50;
const maxOpen = 8;
const none = { kind: 'utf8', data: '' };

// --- bodies: text as it is ('utf8'), anything else as base64

// contentOf is what a body holds, and the type that it has by itself.
function contentOf(body) {
  if (body === undefined || body === null) return { content: none };
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return { content: { kind: 'base64', data: base64(body) } };
  const type = body instanceof URLSearchParams ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8';
  return { content: { kind: 'utf8', data: `${body}`.toWellFormed() }, type };
}

const withoutMark = (text) => text[0] === '\ufeff' ? text.slice(1) : text;
const textOf = ({ kind, data }) => withoutMark(kind === 'utf8' ? data : decode(bytes(data)));
const bytesOf = ({ kind, data }) => kind === 'utf8' ? encode(data) : bytes(data);

class Body {
  #content = none;
  #used = false;

  constructor(content) { this.#content = content; }

  get bodyUsed() { return this.#used; }

  #take() {
    if (this.#used) throw new TypeError('Body is unusable: Body has already been read');
    this.#used = this.#content !== none;
    return this.#content;
  }

  async text() { return textOf(this.#take()); }
  async json() { return JSON.parse(textOf(this.#take())); }
  async bytes() { return bytesOf(this.#take()); }
  async arrayBuffer() { return bytesOf(this.#take()).buffer; }

  static contentOf(body, use) {
    if (body.#used) throw new TypeError(`${use}: Body has already been consumed.`);
    return body.#content;
  }
}
const { contentOf: contentOfBody } = Body;
delete Body.contentOf;

// --- requests

const usual = { __proto__: null, DELETE: true, GET: true, HEAD: true, OPTIONS: true, POST: true, PUT: true };
const forbidden = /^(CONNECT|TRACE|TRACK)$/;

function methodOf(method) {
  method = `${method}`;
  const upper = method.toUpperCase();
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method) || forbidden.test(upper)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  return usual[upper] ? upper : method;
}

function targetOf(input) {
  const url = URL.parse(`${input}`);
  if (url === null) throw new TypeError(`Failed to parse URL from ${input}`);
  if (url.username || url.password) throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${url.protocol}//${url.host}`);
  return url.href;
}

class Request extends Body {
  #method; #url; #headers; #redirect; #signal;

  constructor(input, init) {
    const from = input instanceof Request ? input : undefined;
    const options = init ?? {};
    const method = methodOf(options.method ?? from?.method ?? 'GET');
    const { content, type } = options.body === undefined && from ? { content: contentOfBody(from, 'Request') } : contentOf(options.body);
    if (content !== none && (method === 'GET' || method === 'HEAD')) throw new TypeError('Request with GET/HEAD method cannot have body.');
    super(content);
    this.#method = method;
    this.#url = from ? from.url : targetOf(input);
    this.#headers = new Headers(options.headers ?? from?.headers);
    if (type && !this.#headers.has('content-type')) this.#headers.set('content-type', type);
    this.#redirect = `${options.redirect ?? from?.redirect ?? 'follow'}`;
    if (!['follow', 'manual', 'error'].includes(this.#redirect)) throw new TypeError(`Request: ${this.#redirect} is not an accepted redirect mode.`);
    this.#signal = signalOf(options.signal === undefined ? from?.signal : options.signal, 'signal');
  }

  get method() { return this.#method; }
  get url() { return this.#url; }
  get headers() { return this.#headers; }
  get redirect() { return this.#redirect; }
  get signal() { return this.#signal; }
  clone() { return new Request(this); }
  get [Symbol.toStringTag]() { return 'Request'; }
}

// --- responses

const made = Symbol('made');

class Response extends Body {
  #head;

  // The key says that body is a content and init a head of our own.
  constructor(body, init = {}, key) {
    const { content, type } = key === made ? { content: body } : contentOf(body);
    super(content);
    if (key === made) {
      this.#head = init;
      return;
    }
    const { status = 200, statusText = '', headers } = init;
    if (!(status >= 200 && status <= 599)) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    this.#head = { status: Math.trunc(status), statusText: `${statusText}`, headers: new Headers(headers), url: '', redirected: false };
    if (type && !this.headers.has('content-type')) this.headers.set('content-type', type);
  }

  static json(data, init = {}) {
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(data), { ...init, headers });
  }

  get status() { return this.#head.status; }
  get statusText() { return this.#head.statusText; }
  get ok() { return this.status >= 200 && this.status <= 299; }
  get headers() { return this.#head.headers; }
  get url() { return this.#head.url; }
  get redirected() { return this.#head.redirected; }
  get type() { return this.url === '' ? 'default' : 'basic'; }
  clone() { return new Response(contentOfBody(this, 'Response.clone'), { ...this.#head, headers: new Headers(this.headers) }, made); }
  get [Symbol.toStringTag]() { return 'Response'; }
}

// --- fetch

const waiting = [];
const open = new Map();
let begun = 0;
let sent = 0;

// refuse fails a request with the error that was made where fetch was called,
// so that its stack leads there.
function refuse(job, why) { job.fail(Object.defineProperty(job.error, 'message', { value: `fetch failed: ${why}` })); }

async function fetch(input, init) {
  const request = new Request(input, init);
  const { method, url, headers, redirect, signal } = request;
  const content = contentOfBody(request, 'fetch');
  if (!/^https?:/.test(url)) throw new TypeError(`fetch failed: ${new URL(url).protocol} is neither http: nor https:`);
  signal?.throwIfAborted();
  if (++begun > maxRequests) throw new TypeError(`fetch failed: a run sends at most ${maxRequests} requests`);
  const { promise, resolve, reject } = Promise.withResolvers();
  const job = { method, url, headers, redirect, content, error: new TypeError(''), done: resolve, fail: reject };
  if (signal !== undefined) abortable(job, signal);
  waiting.push(job);
  pump();
  return promise;
}

function abortable(job, signal) {
  const abort = () => {
    job.fail(signal.reason);
    const at = waiting.indexOf(job);
    if (at >= 0) waiting.splice(at, 1);
    else host('abort', job.number);
  };
  job.settled = () => signal.removeEventListener('abort', abort);
  signal.addEventListener('abort', abort);
}

// pump sends what waits, as far as there is room.
function pump() {
  while (open.size < maxOpen && waiting.length > 0) {
    const job = waiting.shift();
    const { method, url, headers, redirect, content } = job;
    const list = Array.from(headers, ([name, value]) => ({ name, value }));
    try {
      host('fetch', ++sent, method, url, JSON.stringify(list), redirect === 'follow', content.kind, content.data);
      job.number = sent;
      open.set(sent, job);
    } catch (error) {
      refuse(job, error.message);
    }
  }
}

const withoutFragment = (url) => url.split('#', 1)[0];
const redirects = [301, 302, 303, 307, 308];

function answered(number, failure, head, kind, data) {
  const job = open.get(number);
  open.delete(number);
  job.settled?.();
  pump();
  if (failure !== '') return refuse(job, failure);
  head = JSON.parse(head);
  head.headers = new Headers(head.headers);
  if (job.redirect === 'error' && redirects.includes(head.status)) return refuse(job, 'unexpected redirect');
  head.url = withoutFragment(head.url);
  head.redirected = head.url !== withoutFragment(job.url);
  job.done(new Response(data === '' ? none : { kind, data }, head, made));
}

Object.assign(exports, { fetch, Headers, Request, Response, answered });
