// require('events')
const { argType, make, outOfRange } = internal('errors');

function need(listener) {
  if (typeof listener !== 'function') throw argType('listener', 'function', listener);
}

const rejection = Symbol.for('nodejs.rejection');

// The emitter is a function and not a class, so that the old style of
// inheritance, EventEmitter.call(this), works.
function EventEmitter(options) { EventEmitter.init.call(this, options); }

EventEmitter.init = function init(options) {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners ??= undefined;
  if (options?.captureRejections) this._captureRejections = true;
};

const listenersOf = (emitter, name) => emitter._events?.[name] ?? [];

function add(emitter, name, listener, prepend) {
  need(listener);
  if (emitter._events === undefined) EventEmitter.init.call(emitter);
  if (emitter._events.newListener !== undefined) emitter.emit('newListener', name, listener.listener ?? listener);
  const list = listenersOf(emitter, name);
  if (list.length === 0) emitter._eventsCount++;
  emitter._events[name] = prepend ? [listener, ...list] : [...list, listener];
  return emitter;
}

function once(emitter, name, listener) {
  need(listener);
  const wrapper = function (...args) {
    emitter.removeListener(name, wrapper);
    return Reflect.apply(listener, emitter, args);
  };
  wrapper.listener = listener;
  return wrapper;
}

function unhandled(args) {
  const [error] = args;
  if (error instanceof Error) return error;
  const text = internal('util').inspect(error);
  const out = make(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${typeof error === 'string' ? text : text})`);
  out.context = error;
  return out;
}

const methods = {
  on(name, listener) { return add(this, name, listener, false); },
  addListener(name, listener) { return add(this, name, listener, false); },
  prependListener(name, listener) { return add(this, name, listener, true); },
  once(name, listener) { return add(this, name, once(this, name, listener), false); },
  prependOnceListener(name, listener) { return add(this, name, once(this, name, listener), true); },

  off(name, listener) { return this.removeListener(name, listener); },
  removeListener(name, listener) {
    need(listener);
    const list = listenersOf(this, name);
    const at = list.findLastIndex((item) => item === listener || item.listener === listener);
    if (at < 0) return this;
    this._events[name] = list.toSpliced(at, 1);
    drop(this, name);
    if (this._events.removeListener !== undefined) this.emit('removeListener', name, listener);
    return this;
  },
  removeAllListeners(name) {
    const names = name === undefined ? this.eventNames().filter((item) => item !== 'removeListener') : [name];
    for (const item of names) for (const listener of listenersOf(this, item).toReversed()) this.removeListener(item, listener);
    if (name === undefined) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    }
    return this;
  },

  emit(name, ...args) {
    const list = listenersOf(this, name);
    if (name === 'error' && list.length === 0) throw unhandled(args);
    for (const listener of list) {
      const result = Reflect.apply(listener, this, args);
      if (this._captureRejections && typeof result?.then === 'function') {
        result.then(undefined, (error) => this[rejection] ? this[rejection](error, name, ...args) : this.emit('error', error));
      }
    }
    return list.length > 0;
  },

  eventNames() { return Reflect.ownKeys(this._events ?? {}); },
  listeners(name) { return listenersOf(this, name).map((item) => item.listener ?? item); },
  rawListeners(name) { return [...listenersOf(this, name)]; },
  listenerCount(name, listener) {
    const list = listenersOf(this, name);
    return listener === undefined ? list.length : list.filter((item) => item === listener || item.listener === listener).length;
  },
  setMaxListeners(count) {
    if (typeof count !== 'number' || count < 0 || Number.isNaN(count)) throw outOfRange('setMaxListeners', 'a non-negative number', count);
    this._maxListeners = count;
    return this;
  },
  getMaxListeners() { return this._maxListeners ?? EventEmitter.defaultMaxListeners; },
};

function drop(emitter, name) {
  if (emitter._events[name].length > 0) return;
  delete emitter._events[name];
  emitter._eventsCount--;
}

Object.assign(EventEmitter.prototype, methods, { _events: undefined, _eventsCount: 0, _maxListeners: undefined });

Object.assign(EventEmitter, {
  EventEmitter,
  defaultMaxListeners: 10,
  captureRejectionSymbol: rejection,
  errorMonitor: Symbol('events.errorMonitor'),
  listenerCount: (emitter, name) => emitter.listenerCount(name),
  getEventListeners: (emitter, name) => emitter.listeners(name),
  once(emitter, name) {
    return new Promise((resolve, reject) => {
      const done = (...args) => {
        emitter.removeListener('error', fail);
        resolve(args);
      };
      const fail = (error) => {
        emitter.removeListener(name, done);
        reject(error);
      };
      emitter.once(name, done);
      if (name !== 'error') emitter.once('error', fail);
    });
  },
  async* on(emitter, name) {
    const queue = [];
    let wake = () => {};
    const push = (...args) => {
      queue.push(args);
      wake();
    };
    emitter.on(name, push);
    try {
      for (;;) {
        while (queue.length > 0) yield queue.shift();
        await new Promise((resolve) => { wake = resolve; });
      }
    } finally {
      emitter.removeListener(name, push);
    }
  },
});

module.exports = EventEmitter;
