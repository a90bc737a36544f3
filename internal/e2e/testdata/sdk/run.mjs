// Has the SDK of a sender sign a request, and say of it and of one that was altered after signing
// whether they are genuine.
//
//   node run.mjs SENDER <<< '{"url": …, "settings": …, "body": …}'
//
// A sender is a module beside this one. Its sign(url, settings, body) gives {headers} and, where they
// are not as given, method, url and body; also plain, what an encrypted body holds, and reply, what a
// handshake is answered with. Its verify(request, settings) is the SDK's own word, false or an error
// when the request is forged.
import { text } from "node:stream/consumers";

const { sign, verify } = await import(`./${process.argv[2]}.mjs`);
const { url, settings, body } = JSON.parse(await text(process.stdin));

const request = { method: "POST", url, body, ...(await sign(url, settings, body)) };
const altered = { ...request, ...alter(request) };

console.log(JSON.stringify([
  { ...request, genuine: await genuine(request) },
  { ...altered, genuine: await genuine(altered) },
]));

// alter changes one character that is signed: of the order's number in clear text, else of what is
// encrypted.
function alter({ url, body }) {
  if (body.includes("1001")) {
    return { body: body.replace("1001", "1002") };
  }
  const flip = (_, before, sealed) => before + (sealed === "A" ? "B" : "A");
  return { url: url.replace(/(echostr=.{40})(.)/, flip), body: body.replace(/(<Encrypt><!\[CDATA\[.{40})(.)/, flip) };
}

async function genuine(request) {
  try {
    return (await verify(request, settings)) !== false;
  } catch {
    return false;
  }
}
