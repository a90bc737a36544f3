// require('path'): Node's path.posix.
const { argType } = internal('errors');

function need(name, value) {
  if (typeof value !== 'string') throw argType(name, 'string', value);
}

// collapse resolves . and .. in a list of segments.
function collapse(path, absolute) {
  const out = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') out.push(segment);
    else if (out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (!absolute) out.push('..');
  }
  return out.join('/');
}

const path = module.exports = {
  sep: '/',
  delimiter: ':',

  normalize(text) {
    need('path', text);
    if (text === '') return '.';
    const absolute = text[0] === '/';
    let out = collapse(text, absolute);
    if (out === '' && !absolute) out = '.';
    if (out !== '' && text.endsWith('/')) out += '/';
    return absolute ? `/${out}` : out;
  },

  join(...parts) {
    for (const part of parts) need('path', part);
    const joined = parts.filter((part) => part !== '').join('/');
    return joined === '' ? '.' : path.normalize(joined);
  },

  resolve(...parts) {
    let out = '';
    parts.forEach((part, i) => need(`paths[${i}]`, part));
    for (const part of ['/', ...parts]) if (part !== '') out = part[0] === '/' ? part : `${out}/${part}`;
    return `/${collapse(out, true)}`;
  },

  isAbsolute(text) {
    need('path', text);
    return text[0] === '/';
  },

  relative(from, to) {
    need('from', from);
    need('to', to);
    const source = path.resolve(from).split('/').filter(Boolean);
    const target = path.resolve(to).split('/').filter(Boolean);
    let shared = 0;
    while (shared < source.length && shared < target.length && source[shared] === target[shared]) shared++;
    return [...source.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
  },

  dirname(text) {
    need('path', text);
    if (text === '') return '.';
    const trimmed = text.replace(/\/+$/, '');
    if (trimmed === '') return '/';
    const cut = trimmed.lastIndexOf('/');
    if (cut < 0) return '.';
    return trimmed.slice(0, cut).replace(/\/+$/, '') || (cut === 1 && trimmed[0] === '/' ? '//' : '/');
  },

  basename(text, suffix) {
    need('path', text);
    if (suffix !== undefined) need('suffix', suffix);
    const trimmed = text.replace(/\/+$/, '');
    const base = trimmed.slice(trimmed.lastIndexOf('/') + 1);
    return suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
  },

  extname(text) {
    need('path', text);
    const base = path.basename(text);
    const dot = base.lastIndexOf('.');
    return dot <= 0 || base === '..' ? '' : base.slice(dot);
  },

  parse(text) {
    need('path', text);
    const root = text[0] === '/' ? '/' : '';
    const base = path.basename(text);
    const ext = path.extname(text);
    const trimmed = text.replace(/\/+$/, '');
    const cut = trimmed.lastIndexOf('/');
    const dir = cut > 0 ? trimmed.slice(0, cut) : root;
    return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
  },

  format(parts) {
    if (typeof parts !== 'object' || parts === null) throw argType('pathObject', 'Object', parts);
    const dir = parts.dir || parts.root;
    const ext = parts.ext ? (parts.ext[0] === '.' ? parts.ext : `.${parts.ext}`) : '';
    const base = parts.base || `${parts.name || ''}${ext}`;
    if (!dir) return base;
    return dir === parts.root ? `${dir}${base}` : `${dir}/${base}`;
  },

  toNamespacedPath: (text) => text,
};
path.posix = path;
