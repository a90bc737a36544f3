// console: every call is one line of the run's log.
const levels = { log: 'log', info: 'info', warn: 'warn', error: 'error', debug: 'debug', trace: 'debug' };
const counts = new Map();
const started = new Map();
let room = true;
let indent = '';

function write(level, args) {
  if (room) room = host('log', level, indent + text(args));
}

// Plain strings, the usual case, need no util.
function text(args) {
  let out = '';
  for (let i = 0; i < args.length; i++) {
    if (typeof args[i] !== 'string' || (i === 0 && args.length > 1 && args[0].includes('%'))) {
      return internal('util').format(...args);
    }
    out += i === 0 ? args[i] : ' ' + args[i];
  }
  return out;
}

const console = module.exports = {};
for (const name in levels) console[name] = { [name](...args) { write(levels[name], args); } }[name];

Object.assign(console, {
  assert(ok, ...args) {
    if (ok) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    write('warn', args);
  },
  dir(value, options) { if (room) write('log', [internal('util').inspect(value, { customInspect: false, ...options })]); },
  table(value) { write('log', [value]); },
  group(...args) {
    if (args.length > 0) write('log', args);
    indent += '  ';
  },
  groupEnd() { indent = indent.slice(2); },
  count(label = 'default') {
    const count = (counts.get(`${label}`) ?? 0) + 1;
    counts.set(`${label}`, count);
    write('log', [`${label}: ${count}`]);
  },
  countReset(label = 'default') { counts.delete(`${label}`); },
  time(label = 'default') { started.set(`${label}`, host('now')); },
  timeLog(label = 'default', ...args) {
    if (started.has(`${label}`)) write('log', [`${label}: ${(host('now') - started.get(`${label}`)).toFixed(3)}ms`, ...args]);
  },
  timeEnd(label = 'default') {
    console.timeLog(label);
    started.delete(`${label}`);
  },
});
console.groupCollapsed = console.group;
