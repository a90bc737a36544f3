// AbortController and AbortSignal (https://dom.spec.whatwg.org/#aborting-ongoing-activities).
const { argType, make } = internal('errors');

const own = Symbol('own');
const aborting = new WeakMap();
const exception = (message, name) => new (internal('clone').DOMException)(message, name);

class AbortSignal {
  #aborted = false;
  #reason;
  #listeners = new Map();
  onabort = null;

  constructor(key) {
    if (key !== own) throw make(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    aborting.set(this, (reason) => this.#abort(reason));
  }

  get aborted() { return this.#aborted; }
  get reason() { return this.#reason; }
  throwIfAborted() { if (this.#aborted) throw this.#reason; }

  addEventListener(type, listener, options) {
    if (`${type}` === 'abort' && listener && !this.#listeners.has(listener)) this.#listeners.set(listener, !!options?.once);
  }
  removeEventListener(type, listener) { if (`${type}` === 'abort') this.#listeners.delete(listener); }

  #abort(reason) {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason === undefined ? exception('This operation was aborted', 'AbortError') : reason;
    const event = { type: 'abort', target: this, currentTarget: this };
    const listeners = [...this.#listeners.keys()];
    if (typeof this.onabort === 'function') listeners.push(this.onabort);
    for (const listener of listeners) {
      if (typeof listener === 'function') Reflect.apply(listener, this, [event]);
      else listener.handleEvent(event);
    }
    this.#listeners.clear();
  }

  static abort(reason) { return aborted(new AbortSignal(own), reason); }

  static timeout(delay) {
    const signal = new AbortSignal(own);
    timing.setTimeout(() => aborted(signal, exception('The operation was aborted due to timeout', 'TimeoutError')), delay);
    return signal;
  }

  static any(signals) {
    const any = new AbortSignal(own);
    for (const signal of [...signals]) {
      if (signal.aborted) return aborted(any, signal.reason);
      signal.addEventListener('abort', () => aborted(any, signal.reason));
    }
    return any;
  }

  get [Symbol.toStringTag]() { return 'AbortSignal'; }
}

function aborted(signal, reason) {
  aborting.get(signal)(reason);
  return signal;
}

class AbortController {
  #signal = new AbortSignal(own);
  get signal() { return this.#signal; }
  abort(reason) { aborted(this.#signal, reason); }
  get [Symbol.toStringTag]() { return 'AbortController'; }
}

// signalOf checks what stands where a signal may.
function signalOf(signal, name) {
  if (signal === undefined || signal === null) return undefined;
  if (!(signal instanceof AbortSignal)) throw argType(name, 'AbortSignal', signal);
  return signal;
}

Object.assign(exports, { AbortController, AbortSignal, signalOf });
