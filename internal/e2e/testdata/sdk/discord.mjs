import { createPrivateKey, sign as signature } from "node:crypto";
import { verifyKey } from "discord-interactions";

// The SDK only verifies; the key is the first of RFC 8032, section 7.1, which the setting publicKey belongs to.
const seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const key = createPrivateKey({ key: Buffer.from("302e020100300506032b657004220420" + seed, "hex"), format: "der", type: "pkcs8" });

export const sign = (url, settings, body) => {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    headers: {
      "content-type": "application/json",
      "x-signature-timestamp": timestamp,
      "x-signature-ed25519": signature(null, Buffer.from(timestamp + body), key).toString("hex"),
    },
  };
};

export const verify = ({ headers, body }, { publicKey }) =>
  verifyKey(body, headers["x-signature-ed25519"], headers["x-signature-timestamp"], publicKey);
