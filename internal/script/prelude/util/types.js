// require('util/types'): what a value is, by its internal slots where the
// language lets them show.
const slot = (get, ...args) => (value) => {
  try {
    Reflect.apply(get, value, args);
    return true;
  } catch {
    return false;
  }
};
const getter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const object = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
const boxed = (test) => (value) => object(value) && test(value);
const typedArrayName = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const nameOf = (value) => object(value) ? Reflect.apply(typedArrayName, value, []) : undefined;
const kind = (constructor) => Object.getPrototypeOf(constructor).constructor;
const { toString } = Object.prototype;
const tagged = (tag) => (value) => object(value) && Reflect.apply(toString, value, []) === `[object ${tag}]`;

const types = module.exports = {
  isDate: boxed(slot(Date.prototype.getTime)),
  isRegExp: boxed((value) => value instanceof RegExp && Object.hasOwn(value, 'lastIndex')),
  isMap: boxed(slot(getter(Map.prototype, 'size'))),
  isSet: boxed(slot(getter(Set.prototype, 'size'))),
  isWeakMap: boxed(slot(WeakMap.prototype.has, {})),
  isWeakSet: boxed(slot(WeakSet.prototype.has, {})),
  isPromise: boxed((value) => value instanceof Promise),
  isArrayBuffer: boxed(slot(getter(ArrayBuffer.prototype, 'byteLength'))),
  isSharedArrayBuffer: boxed(slot(getter(SharedArrayBuffer.prototype, 'byteLength'))),
  isDataView: boxed(slot(getter(DataView.prototype, 'byteLength'))),
  isArrayBufferView: ArrayBuffer.isView,
  isTypedArray: (value) => nameOf(value) !== undefined,
  isNumberObject: boxed(slot(Number.prototype.valueOf)),
  isStringObject: boxed(slot(String.prototype.valueOf)),
  isBooleanObject: boxed(slot(Boolean.prototype.valueOf)),
  isBigIntObject: boxed(slot(BigInt.prototype.valueOf)),
  isSymbolObject: boxed(slot(Symbol.prototype.valueOf)),
  isNativeError: (value) => Error.isError(value),
  isAsyncFunction: (value) => typeof value === 'function' && /^async/.test(Function.prototype.toString.call(value)),
  isGeneratorFunction: (value) => typeof value === 'function' &&
    (value instanceof kind(function* () {}) || value instanceof kind(async function* () {})),
  isGeneratorObject: tagged('Generator'),
  isMapIterator: tagged('Map Iterator'),
  isSetIterator: tagged('Set Iterator'),
  isArgumentsObject: tagged('Arguments'),
  isModuleNamespaceObject: tagged('Module'),
  isProxy: () => false,
  isExternal: () => false,
};
types.isAnyArrayBuffer = (value) => types.isArrayBuffer(value) || types.isSharedArrayBuffer(value);
types.isBoxedPrimitive = (value) => types.isNumberObject(value) || types.isStringObject(value) ||
  types.isBooleanObject(value) || types.isBigIntObject(value) || types.isSymbolObject(value);
for (const name of ['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array',
  'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']) {
  types[`is${name}`] = (value) => nameOf(value) === name;
}
