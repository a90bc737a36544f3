// require('querystring')
const { encode, decode } = internal('encoding');

function unescapeBuffer(text) {
  const source = encode(`${text}`);
  const out = [];
  for (let i = 0; i < source.length; i++) {
    const pair = source[i] === 0x25 ? String.fromCharCode(source[i + 1], source[i + 2]) : '';
    if (/^[0-9a-fA-F]{2}$/.test(pair)) {
      out.push(parseInt(pair, 16));
      i += 2;
    } else {
      out.push(source[i]);
    }
  }
  return internal('buffer').Buffer.from(out);
}

function unescape(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return decode(unescapeBuffer(text));
  }
}

function escape(text) {
  if (typeof text !== 'string') text = typeof text === 'object' ? String(text) : `${text}`;
  try {
    return encodeURIComponent(text);
  } catch {
    throw internal('errors').make(URIError, 'ERR_INVALID_URI', 'URI malformed');
  }
}

function primitive(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : '';
  return typeof value === 'bigint' || typeof value === 'boolean' ? `${value}` : '';
}

function stringify(object, separator = '&', equals = '=', options) {
  const encodeText = options?.encodeURIComponent ?? exports.escape;
  if (typeof object !== 'object' || object === null) return '';
  const fields = [];
  for (const key of Object.keys(object)) {
    const name = encodeText(primitive(key)) + equals;
    for (const value of [object[key]].flat()) fields.push(name + encodeText(primitive(value)));
  }
  return fields.join(separator || '&');
}

function parse(text, separator, equals, options) {
  const out = { __proto__: null };
  if (typeof text !== 'string' || text === '') return out;
  const decodeText = options?.decodeURIComponent ?? exports.unescape;
  const most = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
  let fields = text.split(separator ? `${separator}` : '&').filter((field) => field !== '');
  if (most > 0) fields = fields.slice(0, most);
  const sign = equals ? `${equals}` : '=';
  for (const field of fields) {
    const cut = field.indexOf(sign);
    const name = plain(cut < 0 ? field : field.slice(0, cut), decodeText);
    const value = cut < 0 ? '' : plain(field.slice(cut + sign.length), decodeText);
    if (!(name in out)) out[name] = value;
    else if (Array.isArray(out[name])) out[name].push(value);
    else out[name] = [out[name], value];
  }
  return out;
}

function plain(text, decodeText) {
  text = text.replace(/\+/g, ' ');
  if (!text.includes('%')) return text;
  try {
    return decodeText(text);
  } catch {
    return unescape(text);
  }
}

Object.assign(exports, { stringify, encode: stringify, parse, decode: parse, escape, unescape, unescapeBuffer });
