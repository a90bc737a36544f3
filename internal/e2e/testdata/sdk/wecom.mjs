import { decrypt, encrypt, getSignature } from "@wecom/crypto";

export const sign = (url, { token, encodingAESKey, receiveId }) => {
  const plain = "<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[订单 42 🎉]]></Content></xml>";
  const sealed = encrypt(encodingAESKey, plain, receiveId);
  const timestamp = String(Math.floor(Date.now() / 1000)), nonce = "nonce";
  const query = new URLSearchParams({ msg_signature: getSignature(token, timestamp, nonce, sealed), timestamp, nonce });
  return {
    url: `${url}?${query}`,
    headers: { "content-type": "text/xml" },
    body: `<xml><ToUserName><![CDATA[${receiveId}]]></ToUserName><Encrypt><![CDATA[${sealed}]]></Encrypt><AgentID>1</AgentID></xml>`,
    plain,
  };
};

export const verify = ({ url, body, plain }, { token, encodingAESKey, receiveId }) => {
  const query = new URL(url).searchParams;
  const sealed = body.match(/<Encrypt><!\[CDATA\[(.*?)\]\]>/)[1];
  const { message, id } = decrypt(encodingAESKey, sealed);
  return query.get("msg_signature") === getSignature(token, query.get("timestamp"), query.get("nonce"), sealed) && message === plain && id === receiveId;
};
