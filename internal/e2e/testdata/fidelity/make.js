// Writes cases.json: every body with what Node's JSON.parse makes of it, as probe.js sees it.
const fs = require('fs');
const path = require('path');

const bodies = {
  'beyond 2^53': '{"id":12345678901234567890,"n":-9007199254740993,"long":123456789012345678901234567890.5}',
  'number spelling': '[1.10,1E+2,0.1e1,-0,-0.0,0e10,1.0,100.00,1e21,1e-7,4.35,0.1,5e-324]',
  'beyond a double': '{"huge":1e400,"low":-1e400,"tiny":1e-400}',
  'duplicate keys': '{"a":1,"b":2,"a":{"x":1,"x":2},"\\u0061":3}',
  'lone surrogates': '{"high":"\\ud800","low":"a\\udc00b","pair":"\\ud83d\\ude00","swapped":"\\ude00\\ud83d","\\udbff":1}',
  'integer-like keys': '{"b":1,"2":2,"a":3,"1":4,"10":5,"01":6,"-1":7,"4294967294":8,"4294967295":9,"1.5":10," 1":11}',
  'key order': '{"z":1,"a":{"y":1,"b":2},"m":[{"q":1,"c":2}]}',
  'escapes': '{"e":"\\u00e9\\/\\b\\f\\n\\r\\t\\"\\\\","html":"<a href=\'x\'>&amp;</a>","line":"\\u2028\u2028\u00e9","nul":"\\u0000"}',
  'odd names': '{"__proto__":{"x":1},"constructor":1,"toString":null,"":0,"a.b":1,"{{$context.ip}}":2}',
  'braces are data': '{"t":"{{$env.SAMPLE_TOKEN}} {{$context.data.t}} $& $1"}',
  'white space': ' {\n\t"a" : [ 1 , 2 ] ,\r\n "b" : { } }\n',
  'empty things': '[{},[],"",null,false,0]',
  'a number alone': '1.10',
  'a text alone': '"plain"',
  'deep': '['.repeat(200) + '1.10' + ']'.repeat(200),
};

const probe = fs.readFileSync(path.join(__dirname, 'probe.js'), 'utf8');
const see = new Function('context', probe);
const cases = Object.entries(bodies).map(([name, body]) => ({name, body, seen: JSON.stringify(see({data: JSON.parse(body)}))}));
process.stdout.write(JSON.stringify({node: process.version, cases}, null, 1) + '\n');
