// Deep equality as assert and util.isDeepStrictEqual mean it.
const types = internal('util/types');

const { toString } = Object.prototype;
const tag = (value) => Reflect.apply(toString, value, []);
const object = (value) => typeof value === 'object' && value !== null;
const enumerable = (value) => [...Object.keys(value), ...Object.getOwnPropertySymbols(value)
  .filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))];

function equal(a, b, strict, seen) {
  if (a === b) return a !== 0 || !strict || Object.is(a, b);
  if (strict) {
    if (!object(a) || !object(b)) return Number.isNaN(a) && Number.isNaN(b);
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  } else {
    if (!object(a)) return !object(b) && (a == b || (Number.isNaN(a) && Number.isNaN(b)));
    if (!object(b)) return false;
  }
  if (tag(a) !== tag(b) || Array.isArray(a) !== Array.isArray(b) || !sameSlots(a, b, strict)) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  const same = sameContents(a, b, strict, seen);
  seen.delete(a);
  return same;
}

// sameSlots compares what an object is besides its properties.
function sameSlots(a, b, strict) {
  if (Array.isArray(a)) return a.length === b.length;
  if (types.isDate(a)) return types.isDate(b) && Object.is(a.getTime(), b.getTime());
  if (types.isRegExp(a)) return types.isRegExp(b) && String(a) === String(b) && a.lastIndex === b.lastIndex;
  if (types.isNativeError(a) || a instanceof Error) return a.message === b.message && a.name === b.name;
  if (ArrayBuffer.isView(a)) return a.byteLength === b.byteLength && sameBytes(a, b, strict);
  if (types.isAnyArrayBuffer(a)) return a.byteLength === b.byteLength && sameBytes(new Uint8Array(a), new Uint8Array(b), true);
  if (types.isMap(a)) return types.isMap(b) && a.size === b.size;
  if (types.isSet(a)) return types.isSet(b) && a.size === b.size;
  if (types.isBoxedPrimitive(a)) return types.isBoxedPrimitive(b) && Object.is(a.valueOf(), b.valueOf());
  return true;
}

function sameBytes(a, b, strict) {
  if (!types.isTypedArray(a)) [a, b] = [a, b].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return a.every((item, i) => Object.is(item, b[i]) || (!strict && item === b[i]));
}

function sameContents(a, b, strict, seen) {
  const own = (value) => ArrayBuffer.isView(value) ? enumerable(value).filter((key) => typeof key === 'symbol' || !/^\d+$/.test(key)) : enumerable(value);
  const keys = own(a);
  if (keys.length !== own(b).length) return false;
  if (!keys.every((key) => Object.prototype.propertyIsEnumerable.call(b, key) && equal(a[key], b[key], strict, seen))) return false;
  if (types.isNativeError(a)) for (const key of ['cause', 'errors']) if (!equal(a[key], b[key], strict, seen)) return false;
  if (types.isSet(a)) return sameMembers([...a], [...b], (x, y) => equal(x, y, strict, seen));
  if (types.isMap(a)) {
    return sameMembers([...a], [...b], (x, y) => equal(x[0], y[0], strict, seen) && equal(x[1], y[1], strict, seen));
  }
  return true;
}

// sameMembers pairs the members of two lists in any order.
function sameMembers(a, b, same) {
  return a.every((item) => {
    const at = b.findIndex((other) => same(item, other));
    if (at >= 0) b.splice(at, 1);
    return at >= 0;
  });
}

exports.isDeepStrictEqual = (a, b) => equal(a, b, true, new Map());
exports.isDeepEqual = (a, b) => equal(a, b, false, new Map());
