// Runs a script in Node's vm as often as there is time for, each run in a
// context of its own or all in one, and prints how often that was, and what the
// last run gave. As in the sandbox, data comes and goes as JSON text.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import vm from 'node:vm';

const { code, library, input, milliseconds, fresh } = JSON.parse(process.argv[1]);
const require = createRequire(`${process.cwd()}/`);

const source = `(async () => {
  const context = JSON.parse(input);
  return JSON.stringify(await (async () => {${code}\n})());
})()`;
const loader = library && new vm.Script(`(function (module, exports) {${readFileSync(library, 'utf8')}\n})`);

function contextWith() {
  const context = vm.createContext({ input, require });
  if (loader) {
    const module = { exports: {} };
    loader.runInContext(context)(module, module.exports);
    context.library = module.exports;
  }
  return context;
}

const kept = contextWith();
const compiled = new vm.Script(source);
const run = fresh ? () => new vm.Script(source).runInContext(contextWith()) : () => compiled.runInContext(kept);

async function runFor(time) {
  const began = performance.now();
  let runs = 0;
  let result;
  while (performance.now() - began < time) {
    result = await run();
    runs++;
  }
  return { requests: runs, seconds: (performance.now() - began) / 1000, result: JSON.parse(result) };
}

await runFor(milliseconds / 10); // warm up
console.log(JSON.stringify(await runFor(milliseconds)));
