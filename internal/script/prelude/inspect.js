// util.inspect, after Node's lib/internal/util/inspect.js in behaviour.
const types = internal('util/types');
const custom = Symbol.for('nodejs.util.inspect.custom');

const defaults = {
  showHidden: false, depth: 2, colors: false, customInspect: true, showProxy: false, maxArrayLength: 100,
  maxStringLength: 10000, breakLength: 128, compact: 3, sorted: false, getters: false, numericSeparator: false,
};

const colors = {
  bold: [1, 22], cyan: [36, 39], green: [32, 39], magenta: [35, 39], yellow: [33, 39], grey: [90, 39], red: [31, 39],
  underline: [4, 24], blue: [34, 39], gray: [90, 39], white: [37, 39], black: [30, 39], italic: [3, 23], inverse: [7, 27],
};
const styles = {
  special: 'cyan', number: 'yellow', bigint: 'yellow', boolean: 'yellow', undefined: 'grey', null: 'bold',
  string: 'green', symbol: 'green', date: 'magenta', regexp: 'red', module: 'underline',
};

function inspect(value, options, ...rest) {
  const ctx = { ...defaults, breakLength: 80, seen: [], indentation: 0, currentDepth: 0, budget: {}, stylize: (text) => text };
  if (typeof options === 'boolean') options = { showHidden: options };
  if (rest.length > 0) Object.assign(options ??= {}, rest[0] !== undefined && { depth: rest[0] }, rest[1] !== undefined && { colors: rest[1] });
  Object.assign(ctx, options);
  ctx.userOptions = options ?? {};
  if (ctx.colors && ctx.stylize.length === 1) ctx.stylize = colorize;
  for (const name of ['maxArrayLength', 'maxStringLength']) ctx[name] ??= Infinity;
  return formatValue(ctx, value, 0, true);
}

function colorize(text, style) {
  const color = colors[styles[style]];
  return color === undefined ? text : `\x1b[${color[0]}m${text}\x1b[${color[1]}m`;
}

// --- primitives

const escapesOf = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };
const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function quote(text) {
  const mark = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
  const inner = text.replace(/[\x00-\x1f\x7f-\x9f\\']/g, (character) => {
    if (character === "'") return mark === "'" ? "\\'" : "'";
    return escapesOf[character] ?? `\\x${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }).replace(lone, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
  return mark + inner + mark;
}

const formatNumber = (number) => Object.is(number, -0) ? '-0' : `${number}`;

function formatPrimitive(ctx, value) {
  if (typeof value === 'string') return formatString(ctx, value);
  if (typeof value === 'number') return ctx.stylize(formatNumber(value), 'number');
  if (typeof value === 'bigint') return ctx.stylize(`${value}n`, 'bigint');
  if (typeof value === 'boolean') return ctx.stylize(`${value}`, 'boolean');
  if (typeof value === 'undefined') return ctx.stylize('undefined', 'undefined');
  return ctx.stylize(Symbol.prototype.toString.call(value), 'symbol');
}

function formatString(ctx, value) {
  let trailer = '';
  if (value.length > ctx.maxStringLength) {
    const left = value.length - ctx.maxStringLength;
    value = value.slice(0, ctx.maxStringLength);
    trailer = `... ${left} more character${left > 1 ? 's' : ''}`;
  }
  if (ctx.compact !== true && value.length > 16 && value.length > ctx.breakLength - ctx.indentation - 4) {
    const lines = value.split(/(?<=\n)/).map((line) => ctx.stylize(quote(line), 'string'));
    return lines.join(` +\n${' '.repeat(ctx.indentation + 2)}`) + trailer;
  }
  return ctx.stylize(quote(value), 'string') + trailer;
}

// --- objects

function formatValue(ctx, value, depth, typed) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    return value === null ? ctx.stylize('null', 'null') : formatPrimitive(ctx, value);
  }
  if (ctx.customInspect) {
    const own = value[custom];
    if (typeof own === 'function' && own !== inspect && !(value.constructor && value.constructor.prototype === value)) {
      return formatCustom(ctx, value, own, depth);
    }
  }
  if (ctx.seen.includes(value)) {
    ctx.circular ??= new Map();
    if (!ctx.circular.has(value)) ctx.circular.set(value, ctx.circular.size + 1);
    return ctx.stylize(`[Circular *${ctx.circular.get(value)}]`, 'special');
  }
  return formatRaw(ctx, value, depth, typed);
}

function formatCustom(ctx, value, own, depth) {
  const left = ctx.depth === null ? null : ctx.depth - depth;
  const { seen, indentation, currentDepth, budget, userOptions, circular, ...options } = ctx;
  const out = own.call(value, left, { ...options, ...userOptions, depth: left }, inspect);
  if (out === value) return formatRaw(ctx, value, depth);
  if (typeof out !== 'object') return `${out}`;
  return formatValue(ctx, out, depth).replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
}

// constructorName finds the name of the nearest class, null for none.
function constructorName(value) {
  for (let object = value; object !== null; object = Object.getPrototypeOf(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (descriptor !== undefined && typeof descriptor.value === 'function' && descriptor.value.name !== '' &&
      (value instanceof descriptor.value || object === value)) return `${descriptor.value.name}`;
  }
  return null;
}

function prefix(name, tag, fallback, size = '') {
  if (name === null) {
    return tag !== '' && tag !== fallback ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  }
  return tag !== '' && tag !== name ? `${name}${size} [${tag}] ` : `${name}${size} `;
}

function tagOf(value, name) {
  const tag = value[Symbol.toStringTag];
  return typeof tag !== 'string' || tag === '' || tag === name || Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag) ||
    (name !== null && Object.getPrototypeOf(value)?.constructor?.name === tag) ? '' : tag;
}

function keysOf(ctx, value) {
  const symbols = Object.getOwnPropertySymbols(value);
  if (ctx.showHidden) return [...Object.getOwnPropertyNames(value), ...symbols];
  return [...Object.keys(value), ...symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key))];
}

const isIndex = (key) => typeof key === 'string' && /^(?:0|[1-9][0-9]{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
const otherKeys = (ctx, value) => keysOf(ctx, value).filter((key) => !isIndex(key));

// describe says how an object is shown: its keys, the text before the braces,
// the braces, what comes before the keys, or a base that needs no braces when
// there is nothing else.
function describe(ctx, value, depth) {
  const name = constructorName(value);
  const tag = tagOf(value, name);
  const braced = (head, entries, extra) => ({ keys: keysOf(ctx, value), braces: [`${head}{`, '}'], entries, ...extra });

  if (Array.isArray(value)) {
    const head = name !== 'Array' || tag !== '' ? prefix(name, tag, 'Array', `(${value.length})`) : '';
    return { keys: otherKeys(ctx, value), braces: [`${head}[`, ']'], list: true, entries: formatArray,
      empty: value.length === 0 ? `${head}[]` : undefined };
  }
  if (types.isTypedArray(value)) {
    const kind = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get.call(value);
    const head = prefix(name, tag === kind ? '' : tag, kind, `(${value.length})`);
    return { keys: otherKeys(ctx, value), braces: [`${head}[`, ']'], list: true, entries: formatTyped,
      empty: value.length === 0 ? `${head}[]` : undefined };
  }
  for (const [kind, test, entries] of [['Set', types.isSet, formatSet], ['Map', types.isMap, formatMap]]) {
    if (!test(value)) continue;
    const head = prefix(name, tag, kind, `(${value.size})`);
    return braced(head, entries, { empty: value.size === 0 ? `${head}{}` : undefined });
  }
  if (typeof value === 'function') return braced('', undefined, { base: formatFunction(value, name, tag), style: 'special' });
  if (types.isRegExp(value)) return braced('', undefined, { base: based(RegExp.prototype.toString.call(value), name, tag, 'RegExp'), style: 'regexp' });
  if (types.isDate(value)) {
    const text = Number.isNaN(Date.prototype.getTime.call(value)) ? Date.prototype.toString.call(value) : Date.prototype.toISOString.call(value);
    return braced('', undefined, { base: based(text, name, tag, 'Date'), style: 'date' });
  }
  if (types.isNativeError(value) || value instanceof Error) return describeError(ctx, value, name, braced);
  if (types.isAnyArrayBuffer(value)) {
    const kind = types.isArrayBuffer(value) ? 'ArrayBuffer' : 'SharedArrayBuffer';
    return braced(prefix(name, tag, kind), formatArrayBuffer);
  }
  if (types.isDataView(value)) return braced(prefix(name, tag, 'DataView'), formatDataView);
  if (types.isPromise(value)) return braced(prefix(name, tag, 'Promise'), () => []);
  if (types.isWeakSet(value)) return braced(prefix(name, tag, 'WeakSet'), () => [ctx.stylize('<items unknown>', 'special')]);
  if (types.isWeakMap(value)) return braced(prefix(name, tag, 'WeakMap'), () => [ctx.stylize('<items unknown>', 'special')]);
  if (types.isBoxedPrimitive(value)) return describeBoxed(ctx, value, name, tag, braced);
  if (types.isArgumentsObject(value)) return braced('[Arguments] ', undefined, { empty: '[Arguments] {}' });
  const head = name === 'Object' && tag === '' ? '' : prefix(name, tag, 'Object');
  return braced(head, undefined, { empty: `${head}{}` });
}

const based = (text, name, tag, kind) => name === kind && tag === '' ? text : `${prefix(name, tag, kind)}${text}`;

function formatFunction(value, name, tag) {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class') && source.endsWith('}')) {
    const parent = Object.getPrototypeOf(value)?.name;
    const own = Object.hasOwn(value, 'name') && value.name !== '' ? ` ${value.name}` : ' (anonymous)';
    return `[class${own}${name !== 'Function' && name !== null ? ` [${name}]` : ''}${parent ? ` extends ${parent}` : ''}]`;
  }
  const generator = types.isGeneratorFunction(value) ? 'Generator' : '';
  const kind = `${types.isAsyncFunction(value) ? 'Async' : ''}${generator}Function`;
  const base = `[${kind}${name === null ? ' (null prototype)' : ''}${value.name === '' ? ' (anonymous)' : `: ${String(value.name)}`}]`;
  return base + (name !== kind && name !== null && name !== 'Function' ? ` ${name}` : '') + (tag !== '' && name !== tag ? ` [${tag}]` : '');
}

// The engine's stack has no head line, which Node's has.
function stackOf(error) {
  let head;
  try {
    head = Error.prototype.toString.call(error);
  } catch {
    head = 'Error';
  }
  const stack = typeof error.stack === 'string' ? error.stack.trimEnd() : '';
  if (stack === '') return `[${head}]`;
  if (!/^\s*at /.test(stack)) return stack;
  const lines = stack.split('\n').filter((line) => line.includes('<input>')).map((line) => line
    .replace(/^\s*at (?:anonymous )?/, '    at ').replace(/\(?<input>:(\d+):(\d+)\)?$/, (_, row, column) => `script:${row - 2}:${column}`));
  return lines.length === 0 ? `[${head}]` : [head, ...lines].join('\n');
}

function describeError(ctx, error, name, braced) {
  let base = stackOf(error);
  const keys = keysOf(ctx, error).filter((key) => {
    if (!['name', 'message', 'stack'].includes(key)) return true;
    return !ctx.showHidden && !base.includes(String(error[key]));
  });
  if ('cause' in error && !keys.includes('cause') && Object.hasOwn(error, 'cause')) keys.push('cause');
  if (Array.isArray(error.errors) && !keys.includes('errors') && Object.hasOwn(error, 'errors')) keys.push('errors');
  if (name !== null && name !== error.name && name.endsWith('Error') && base.startsWith(error.name) && !base.includes(name)) {
    base = name + base.slice(error.name.length);
  }
  if (ctx.indentation > 0) base = base.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
  return { ...braced('', undefined, { base }), keys };
}

function describeBoxed(ctx, value, name, tag, braced) {
  const [, kind, primitive] = [
    [types.isNumberObject, 'Number', Number], [types.isStringObject, 'String', String], [types.isBooleanObject, 'Boolean', Boolean],
    [types.isBigIntObject, 'BigInt', BigInt], [types.isSymbolObject, 'Symbol', Symbol],
  ].find(([test]) => test(value));
  const inner = primitive.prototype.valueOf.call(value);
  let base = `[${kind}`;
  if (kind !== name) base += name === null ? ' (null prototype)' : ` (${name})`;
  base += `: ${formatPrimitive({ ...ctx, stylize: (text) => text }, inner)}]`;
  if (tag !== '' && tag !== name) base += ` [${tag}]`;
  const out = braced('', undefined, { base, style: kind.toLowerCase() });
  if (kind === 'String') out.keys = otherKeys(ctx, value);
  return out;
}

function formatRaw(ctx, value, depth, typed) {
  const shape = describe(ctx, value, depth);
  const { keys, braces, entries } = shape;
  if (shape.base !== undefined && keys.length === 0) return ctx.stylize(shape.base, shape.style);
  if (shape.empty !== undefined && keys.length === 0) return shape.empty;
  if (depth > ctx.depth && ctx.depth !== null) {
    const name = prefix(constructorName(value), '', shape.list ? 'Array' : 'Object').trimEnd();
    return ctx.stylize(name[0] === '[' ? name : `[${name}]`, 'special');
  }
  ctx.seen.push(value);
  ctx.currentDepth = depth;
  const output = entries === undefined ? [] : entries(ctx, value, depth + 1);
  for (const key of keys) output.push(formatProperty(ctx, value, depth + 1, key, shape.list ? 'list' : 'object'));
  ctx.seen.pop();
  if (ctx.sorted && !shape.list) output.sort(ctx.sorted === true ? undefined : ctx.sorted);
  let base = shape.base ?? '';
  const index = ctx.circular?.get(value);
  if (index !== undefined) {
    const mark = ctx.stylize(`<ref *${index}>`, 'special');
    if (ctx.compact === true) braces[0] = `${mark} ${braces[0]}`;
    else base = base === '' ? mark : `${mark} ${base}`;
  }
  return reduce(ctx, output, base, braces, shape.list, depth, value);
}

// --- entries

function more(ctx, output, left, what = 'item') {
  if (left > 0) output.push(`... ${left} more ${what}${left > 1 ? 's' : ''}`);
  return output;
}

function formatArray(ctx, value, depth) {
  const output = [];
  const most = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  let i = 0;
  while (i < value.length && output.length < most) {
    if (Object.hasOwn(value, i)) {
      output.push(formatProperty(ctx, value, depth, i, 'item'));
      i++;
      continue;
    }
    const from = i;
    const next = nextIndex(value, i);
    i = next;
    output.push(ctx.stylize(`<${i - from} empty item${i - from > 1 ? 's' : ''}>`, 'undefined'));
  }
  return more(ctx, output, value.length - i);
}

// nextIndex finds the next element after a hole without walking it.
function nextIndex(value, from) {
  if (value.length - from < 1000) {
    while (from < value.length && !Object.hasOwn(value, from)) from++;
    return from;
  }
  for (const key of Object.keys(value)) if (isIndex(key) && Number(key) > from) return Number(key);
  return value.length;
}

function formatTyped(ctx, value) {
  const most = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  const output = [];
  for (let i = 0; i < most; i++) output.push(formatPrimitive(ctx, value[i]));
  return more(ctx, output, value.length - most);
}

function formatSet(ctx, value, depth) {
  const output = [];
  ctx.indentation += 2;
  for (const item of Set.prototype.values.call(value)) {
    if (output.length >= ctx.maxArrayLength) break;
    output.push(formatValue(ctx, item, depth));
  }
  ctx.indentation -= 2;
  return more(ctx, output, value.size - output.length);
}

function formatMap(ctx, value, depth) {
  const output = [];
  ctx.indentation += 2;
  for (const [key, item] of Map.prototype.entries.call(value)) {
    if (output.length >= ctx.maxArrayLength) break;
    output.push(`${formatValue(ctx, key, depth)} => ${formatValue(ctx, item, depth)}`);
  }
  ctx.indentation -= 2;
  return more(ctx, output, value.size - output.length);
}

function formatArrayBuffer(ctx, value) {
  const bytes = new Uint8Array(value, 0, Math.min(Math.max(0, ctx.maxArrayLength), value.byteLength));
  let text = bytes.toHex().replace(/(.{2})(?!$)/g, '$1 ');
  const left = value.byteLength - bytes.length;
  if (left > 0) text += ` ... ${left} more byte${left > 1 ? 's' : ''}`;
  return [`${ctx.stylize('[Uint8Contents]', 'special')}: <${text}>`, `byteLength: ${ctx.stylize(`${value.byteLength}`, 'number')}`];
}

function formatDataView(ctx, value, depth) {
  const output = ['byteLength', 'byteOffset'].map((key) => `${key}: ${ctx.stylize(`${value[key]}`, 'number')}`);
  ctx.indentation += 2;
  output.push(`buffer: ${formatValue(ctx, value.buffer, depth)}`);
  ctx.indentation -= 2;
  return output;
}

function formatProperty(ctx, value, depth, key, where) {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], enumerable: true };
  let text;
  if (descriptor.get !== undefined) {
    text = ctx.stylize(descriptor.set !== undefined ? '[Getter/Setter]' : '[Getter]', 'special');
    if (ctx.getters === true || (ctx.getters === 'get' && !descriptor.set) || (ctx.getters === 'set' && descriptor.set)) {
      text = formatGetter(ctx, value, descriptor, depth);
    }
  } else if (descriptor.set !== undefined) {
    text = ctx.stylize('[Setter]', 'special');
  } else {
    const extra = ctx.compact !== true || where !== 'object' ? 2 : 3;
    ctx.indentation += extra;
    text = formatValue(ctx, descriptor.value, depth);
    ctx.indentation -= extra;
  }
  if (where === 'item') return text;
  return `${formatKey(ctx, key, descriptor)}: ${text}`;
}

function formatGetter(ctx, value, descriptor, depth) {
  const label = descriptor.set !== undefined ? 'Getter/Setter' : 'Getter';
  try {
    const got = descriptor.get.call(value);
    if (got === null || typeof got !== 'object') return `[${label}: ${formatValue(ctx, got, depth)}]`;
    return `[${label}] ${formatValue(ctx, got, depth)}`;
  } catch (error) {
    return `[${label}: <Inspection threw (${error.message})>]`;
  }
}

function formatKey(ctx, key, descriptor) {
  if (typeof key === 'symbol') return ctx.stylize(`[${Symbol.prototype.toString.call(key)}]`, 'symbol');
  if (key === '__proto__') return "['__proto__']";
  if (descriptor.enumerable === false) return `[${key}]`;
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? ctx.stylize(key, 'name') : ctx.stylize(quote(key), 'string');
}

// --- lay-out

function reduce(ctx, output, base, braces, list, depth, value) {
  if (ctx.compact !== true) {
    if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
      const entries = output.length;
      if (list && entries > 6) output = group(ctx, output, value);
      if (ctx.currentDepth - depth < ctx.compact && entries === output.length) {
        const start = output.length + ctx.indentation + braces[0].length + base.length + 10;
        if (fits(ctx, output, start, base)) {
          const joined = output.join(', ');
          if (!joined.includes('\n')) return `${base ? `${base} ` : ''}${braces[0]} ${joined} ${braces[1]}`;
        }
      }
    }
    const indent = `\n${' '.repeat(ctx.indentation)}`;
    return `${base ? `${base} ` : ''}${braces[0]}${indent}  ${output.join(`,${indent}  `)}${indent}${braces[1]}`;
  }
  if (fits(ctx, output, 0, base)) return `${braces[0]}${base ? ` ${base}` : ''} ${output.join(', ')} ${braces[1]}`;
  const indent = `\n${' '.repeat(ctx.indentation)}`;
  const lead = base === '' && braces[0].length === 1 ? ' ' : `${base ? ` ${base}` : ''}\n${indent}  `;
  return `${braces[0]}${lead}${output.join(`,${indent}`)} ${braces[1]}`;
}

function fits(ctx, output, start, base) {
  let length = output.length + start;
  if (length + output.length > ctx.breakLength) return false;
  for (const item of output) {
    length += width(ctx, item);
    if (length > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

const width = (ctx, text) => ctx.colors ? text.replace(/\x1b\[\d+m/g, '').length : text.length;

// cells counts columns as a terminal does: wide characters are two.
function cells(ctx, text) {
  let count = 0;
  for (const character of ctx.colors ? text.replace(/\x1b\[\d+m/g, '') : text) {
    const code = character.codePointAt(0);
    count += code >= 0x1100 && (code <= 0x115f || (code >= 0x2e80 && code <= 0xa4cf) || (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1f64f) || (code >= 0x1f900 && code <= 0x1f9ff) ||
      (code >= 0x20000 && code <= 0x3fffd)) ? 2 : 1;
  }
  return count;
}

// group puts short items of a long array into columns.
function group(ctx, output, value) {
  const length = ctx.maxArrayLength < value.length ? output.length - 1 : output.length;
  const lengths = [];
  let total = 0;
  let longest = 0;
  for (let i = 0; i < length; i++) {
    lengths[i] = cells(ctx, output[i]);
    total += lengths[i] + 2;
    longest = Math.max(longest, lengths[i]);
  }
  const actual = longest + 2;
  if (actual * 3 + ctx.indentation >= ctx.breakLength || !(total / actual > 5 || longest <= 6)) return output;
  const biased = Math.max(actual - 3 - Math.sqrt(actual - total / output.length), 1);
  const columns = Math.min(Math.round(Math.sqrt(2.5 * biased * length) / biased),
    Math.floor((ctx.breakLength - ctx.indentation) / actual), ctx.compact * 4, 15);
  if (columns <= 1) return output;
  const widths = [];
  for (let i = 0; i < columns; i++) {
    let most = 0;
    for (let j = i; j < length; j += columns) most = Math.max(most, lengths[j]);
    widths.push(most + 2);
  }
  const order = value !== undefined && output.every((_, i) => typeof value[i] === 'number' || typeof value[i] === 'bigint')
    ? 'padStart' : 'padEnd';
  const rows = [];
  for (let i = 0; i < length; i += columns) {
    const end = Math.min(i + columns, length);
    let row = '';
    let j = i;
    for (; j < end - 1; j++) row += `${output[j]}, `[order](widths[j - i] + output[j].length - lengths[j], ' ');
    row += order === 'padStart' ? output[j].padStart(widths[j - i] + output[j].length - lengths[j] - 2, ' ') : output[j];
    rows.push(row);
  }
  if (length < output.length) rows.push(output[length]);
  return rows;
}

inspect.custom = custom;
inspect.defaultOptions = defaults;
inspect.colors = colors;
inspect.styles = styles;
exports.inspect = inspect;
