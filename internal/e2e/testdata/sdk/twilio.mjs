import twilio from "twilio";

const fields = (body) => Object.fromEntries(new URLSearchParams(body));

export const sign = (url, { secret }) => {
  const body = new URLSearchParams({ MessageSid: "SM1001", From: "+15017122661", Body: "你好 & 🎉", Empty: "" }).toString();
  return {
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "x-twilio-signature": twilio.getExpectedTwilioSignature(secret, url, fields(body)),
    },
  };
};

export const verify = ({ url, headers, body }, { secret }) => twilio.validateRequest(secret, headers["x-twilio-signature"], url, fields(body));
