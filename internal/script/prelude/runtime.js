// The first code of every machine: it puts the globals in place and runs the
// user's script. It keeps the intrinsics that it needs in variables, because
// the script may replace any of them, and never hands `host` or `load` out.
//
// host(operation, ...) is the Go side; it takes and returns strings, numbers
// and booleans only. load(name) is the function around a prelude module.
(function (host, load) {
  'use strict';

  const { parse, stringify } = JSON;
  const { apply, defineProperty, ownKeys } = Reflect;
  const { Error, InternalError, Promise, String, SyntaxError, RangeError } = globalThis;
  const AsyncFunction = (async () => {}).constructor;
  const functionToString = Function.prototype.toString;
  const maxTimers = 1000;
  const maxDelay = 2 ** 31 - 1;

  // --- modules

  const requirable = {
    __proto__: null,
    assert: 'assert', 'assert/strict': 'assert/strict', buffer: 'buffer', crypto: 'crypto', events: 'events',
    path: 'path', 'path/posix': 'path', querystring: 'querystring', timers: 'timers',
    'timers/promises': 'timers/promises', url: 'url', util: 'util', 'util/types': 'util/types',
  };
  const loaded = { __proto__: null };

  function internal(name) {
    let module = loaded[name];
    if (module === undefined) {
      const make = load(name);
      if (make === undefined) throw new InternalError('out of memory');
      module = loaded[name] = { exports: {} };
      make(module, module.exports, internal, host, timing);
    }
    return module.exports;
  }

  function require(id) {
    if (typeof id !== 'string') throw internal('errors').argType('id', 'string', id);
    const start = id[0] === 'n' && id[1] === 'o' && id[2] === 'd' && id[3] === 'e' && id[4] === ':' ? 5 : 0;
    let name = '';
    for (let i = start; i < id.length; i++) name += id[i];
    const found = requirable[name];
    if (found === undefined) {
      const error = new Error(`Cannot find module '${id}'`);
      error.code = 'MODULE_NOT_FOUND';
      throw error;
    }
    return internal(found);
  }

  // --- timers

  const timers = { __proto__: null };
  let liveTimers = 0;
  let lastTimer = 0;

  class Timeout {
    #id;
    constructor(id) { this.#id = id; }
    ref() { return this; }
    unref() { return this; }
    hasRef() { return timers[this.#id] !== undefined; }
    refresh() {
      const timer = timers[this.#id];
      if (timer !== undefined) timer.due = host('now') + timer.delay;
      return this;
    }
    close() { stop(this); return this; }
    [Symbol.toPrimitive]() { return this.#id; }
    [Symbol.dispose ?? Symbol.for('nodejs.dispose')]() { stop(this); }
    static id(timeout) { return #id in timeout ? timeout.#id : undefined; }
  }
  const idOf = Timeout.id;
  delete Timeout.id;

  function start(callback, delay, args, repeat) {
    if (typeof callback !== 'function') throw internal('errors').argType('callback', 'function', callback);
    if (liveTimers >= maxTimers) throw new RangeError(`Too many timers, the limit is ${maxTimers}`);
    liveTimers++;
    const id = ++lastTimer;
    timers[id] = { callback, args, delay, repeat, due: host('now') + delay };
    return new Timeout(id);
  }

  function stop(timer) {
    const id = typeof timer === 'object' && timer !== null ? idOf(timer) : timer;
    if ((typeof id !== 'number' && typeof id !== 'string') || timers[id] === undefined) return;
    delete timers[id];
    liveTimers--;
  }

  function wait(delay) {
    delay = +delay;
    return delay >= 1 && delay <= maxDelay ? delay : 1;
  }

  const timing = {
    setTimeout(callback, delay, ...args) { return start(callback, wait(delay), args, false); },
    setInterval(callback, delay, ...args) { return start(callback, wait(delay), args, true); },
    setImmediate(callback, ...args) { return start(callback, 0, args, false); },
    clearTimeout(timer) { stop(timer); },
    clearInterval(timer) { stop(timer); },
    clearImmediate(timer) { stop(timer); },
  };

  // fireNext runs the timer that is due first, if it is, and says how many
  // milliseconds there are until the next look: -1 when no timer is left.
  function fireNext() {
    let first;
    for (const id in timers) if (first === undefined || timers[id].due < timers[first].due) first = id;
    if (first === undefined) return -1;
    const timer = timers[first];
    const early = timer.due - host('now');
    if (early > 0) return early;
    if (timer.repeat) timer.due += timer.delay - early > timer.delay ? timer.delay - early : timer.delay;
    else stop(first);
    guard(timer.callback, timer.args);
    return 0;
  }

  // guard calls what no caller of the script's waits for: as in Node an
  // exception there ends the run.
  function guard(callback, args) {
    try {
      apply(callback, undefined, args);
    } catch (error) {
      fail('error', error);
    }
  }

  function queueMicrotask(callback) {
    if (typeof callback !== 'function') throw internal('errors').argType('callback', 'function', callback);
    (async () => {
      await undefined;
      guard(callback, []);
    })();
  }

  // --- globals

  function put(name, value, enumerable) {
    defineProperty(globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
  }

  // lazy defines a global that is made when it is first looked at.
  function lazy(name, make, enumerable = false) {
    defineProperty(globalThis, name, {
      __proto__: null,
      configurable: true,
      enumerable,
      get() {
        const value = make();
        put(name, value, enumerable);
        return value;
      },
      set(value) { put(name, value, enumerable); },
    });
  }

  put('require', require, false);
  put('queueMicrotask', queueMicrotask, false);
  for (const name in timing) put(name, timing[name], false);
  lazy('console', () => internal('console'));
  lazy('crypto', () => internal('crypto'));
  lazy('structuredClone', () => internal('clone').structuredClone);
  lazy('DOMException', () => internal('clone').DOMException);
  for (const name of ['fetch', 'Headers', 'Request', 'Response']) lazy(name, () => internal('fetch')[name]);
  for (const name of ['AbortController', 'AbortSignal']) lazy(name, () => internal('abort')[name]);
  lazy('TextEncoder', () => internal('encoding').TextEncoder);
  lazy('TextDecoder', () => internal('encoding').TextDecoder);
  lazy('URL', () => internal('url').URL);
  lazy('URLSearchParams', () => internal('url').URLSearchParams);
  for (const name of ['Buffer', 'atob', 'btoa']) lazy(name, () => internal('buffer')[name]);
  installIntl();

  // Intl is registered by the Go side, and only when a script asks for it or
  // for one of the methods that it replaces.
  function installIntl() {
    const originals = [];
    function register() {
      delete globalThis.Intl;
      for (const { prototype, name, method } of originals) prototype[name] = method;
      host('intl');
      return globalThis.Intl;
    }
    for (const [prototype, names] of [
      [Date.prototype, ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']],
      [Number.prototype, ['toLocaleString']],
      [BigInt.prototype, ['toLocaleString']],
    ]) {
      for (const name of names) {
        originals.push({ prototype, name, method: prototype[name] });
        const stub = {
          [name](...args) {
            if (prototype[name] === stub) register();
            return apply(prototype[name], this, args);
          },
        }[name];
        defineProperty(prototype, name, { __proto__: null, value: stub, writable: true, configurable: true });
      }
    }
    lazy('Intl', register);
  }

  // --- the run

  const head = 'async function anonymous(\n) {\n';
  const tail = '\n}';

  // compile makes an async function of a body. The engine pastes the body into
  // its source, so a body that closes the function and opens another would
  // pass: then the result is not the whole of what was pasted.
  function compile(body) {
    const script = AsyncFunction(body);
    if (typeof script !== 'function' || apply(functionToString, script, []) !== head + body + tail) {
      throw new SyntaxError("Unexpected token '}'");
    }
    return script;
  }

  function property(object, name) {
    try {
      const value = object[name];
      return value === undefined ? '' : String(value);
    } catch {
      return '';
    }
  }

  function fail(kind, error) {
    if ((typeof error === 'object' && error !== null) || typeof error === 'function') {
      const name = property(error, 'name');
      const message = property(error, 'message');
      if (name !== '' || message !== '') {
        host('fail', kind, name, message, property(error, 'stack'));
        return;
      }
    }
    let text;
    try {
      text = String(error);
    } catch {
      text = 'the script threw an object that has no text';
    }
    host('fail', kind, '', text, '');
  }

  async function run(script) {
    try {
      const promise = apply(script, undefined, []);
      // An own constructor makes await take the promise as it is, whatever
      // the script did to Promise.
      defineProperty(promise, 'constructor', { __proto__: null, value: Promise });
      host('done', stringify(await promise));
    } catch (error) {
      fail('error', error);
    }
  }

  // expression makes a function of code in the language of an engine.
  function expression(engine, code, context, params) {
    const evaluate = internal('calculate')(engine, code, compile, (name, value) => put(name, value, true));
    return async () => evaluate(parse(context), parse(params));
  }

  function begin(code, context, steps, env, params, checkOnly, engine) {
    let script;
    try {
      script = engine === '' ? compile(code) : expression(engine, code, context, params);
    } catch (error) {
      fail('syntax', error);
      return;
    }
    if (checkOnly) {
      host('done', undefined);
      return;
    }
    if (engine !== '') {
      run(script);
      return;
    }
    lazy('context', () => parse(context), true);
    lazy('steps', () => parse(steps), true);
    lazy('env', () => parse(env), true);
    const values = parse(params);
    put('params', values, true);
    for (const name of ownKeys(values)) put(name, values[name], true);
    run(script);
  }

  // answered hands on what came of a request.
  function answered(...answer) { internal('fetch').answered(...answer); }

  // prepare loads an engine that takes long to load.
  function prepare(engine) { internal('calculate').prepare(engine); }

  return [begin, fireNext, answered, prepare];
});
