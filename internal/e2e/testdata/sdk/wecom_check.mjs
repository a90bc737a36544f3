import { decrypt, encrypt, getSignature } from "@wecom/crypto";

// The check of the URL: what is answered must be echostr, decrypted.
export const sign = (url, { token, encodingAESKey, receiveId }) => {
  const reply = "1616140317555161061";
  const echostr = encrypt(encodingAESKey, reply, receiveId);
  const timestamp = String(Math.floor(Date.now() / 1000)), nonce = "nonce";
  const signature = getSignature(token, timestamp, nonce, echostr);
  return {
    method: "GET",
    url: `${url}?msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&echostr=${encodeURIComponent(echostr)}`,
    headers: {},
    body: "",
    reply,
  };
};

export const verify = ({ url, reply }, { token, encodingAESKey }) => {
  const query = new URL(url).searchParams;
  const echostr = query.get("echostr");
  return query.get("msg_signature") === getSignature(token, query.get("timestamp"), query.get("nonce"), echostr) && decrypt(encodingAESKey, echostr).message === reply;
};
