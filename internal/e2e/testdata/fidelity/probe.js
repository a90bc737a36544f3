const codes = text => Array.from({length: text.length}, (_, i) => text.charCodeAt(i));
const look = v => {
  if (Array.isArray(v)) return v.map(look);
  if (v !== null && typeof v === 'object') return {members: Object.keys(v).map(name => [codes(name), look(v[name])])};
  if (typeof v === 'number') return Object.is(v, -0) ? 'number -0' : 'number ' + v;
  if (typeof v === 'string') return {text: codes(v)};
  return String(v);
};
return {seen: look(context.data), again: JSON.stringify(context.data)};
