// The languages of expressions. Each entry parses an expression and returns the
// function that evaluates it: of the source that it queries and of the values
// that its names stand for.
const engine = (name) => internal(`engines/${name}`);

const languages = {
  __proto__: null,

  javascript: (code, compile, put) => ofNames(javascript(code, compile), put),

  formula(code, compile, put) {
    const functions = engine('formula');
    const evaluate = ofNames(javascript(code, compile), put);
    return async (source, values) => {
      for (const name in functions) put(name, functions[name]);
      return formulaResult(await evaluate(source, values));
    };
  },

  math(code) {
    const { parse } = limitedMath();
    const compiled = parse(code).compile();
    return (source, values) => mathResult(compiled.evaluate(new Map(Object.entries(values))));
  },

  jsonata(code) {
    const expression = engine('jsonata')(code);
    return (source) => expression.evaluate(source);
  },

  jmespath(code) {
    const jmespath = engine('jmespath');
    jmespath.compile(code);
    return (source) => jmespath.search(source, code);
  },

  jsonpath(code) {
    const { JSONPath } = engine('jsonpath');
    JSONPath.toPathArray(code);
    return (source) => JSONPath({ path: code, json: source, eval: 'safe', wrap: true });
  },
};

// A line break ends a comment at the end of the expression.
const javascript = (code, compile) => compile(`return (\n${code}\n)`);

// ofNames makes every value a global of its name.
function ofNames(script, put) {
  return (source, values) => {
    for (const name of Object.keys(values)) put(name, values[name]);
    return script();
  };
}

// rounded keeps the digits that binary fractions get right: 0.1 + 0.2 is 0.3.
function rounded(number) {
  if (!Number.isFinite(number)) return null;
  return Math.abs(number) < 1e21 ? Number(number.toFixed(9)) : number;
}

// A formula that fails returns its error, such as #DIV/0!.
function formulaResult(result) {
  if (result instanceof Error) throw result;
  return typeof result === 'number' ? rounded(result) : result;
}

// --- Math.js

// These let an expression change the engine for others, or run what is not in
// the expression.
const disabled = [
  'import', 'createUnit', 'config', 'evaluate', 'parse', 'parser', 'compile', 'simplify', 'simplifyConstant', 'simplifyCore',
  'derivative', 'rationalize', 'resolve', 'symbolicEqual', 'leafCount', 'chain', 'reviver', 'replacer', 'help',
];

let math;

function limitedMath() {
  if (math !== undefined) return math;
  const all = engine('math');
  const { parse } = all;
  math = { parse, all };
  const refusals = {};
  for (const name of disabled) refusals[name] = () => { throw new Error(`Function ${name} is disabled`); };
  all.import(refusals, { override: true });
  return math;
}

// mathResult turns the engine's own types into JSON's. Of several lines the
// last one counts.
function mathResult(result) {
  const is = math.all;
  if (typeof result === 'number') return rounded(result);
  if (typeof result === 'bigint') return Number.isSafeInteger(Number(result)) ? Number(result) : String(result);
  if (typeof result === 'function') throw new TypeError('the result is a function');
  if (is.isBigNumber(result) || is.isFraction(result)) return rounded(Number(result));
  if (is.isComplex(result) || is.isUnit(result)) return is.format(result, 15);
  if (is.isResultSet(result)) return mathResult(result.entries.at(-1));
  if (is.isMatrix(result) || is.isRange(result)) return mathResult(result.toArray());
  if (Array.isArray(result)) return result.map(mathResult);
  if (is.isObject(result)) return Object.fromEntries(Object.entries(result).map(([name, value]) => [name, mathResult(value)]));
  return result ?? null;
}

module.exports = (language, code, compile, put) => languages[language](code, compile, put);
// The first evaluation puts most of Math.js together.
module.exports.prepare = (language) => languages[language]('1').call(undefined, null, {});
