import twilio from "twilio";
import { getExpectedBodyHash } from "twilio/lib/webhooks/webhooks.js";

export const sign = (url, { secret }, body) => {
  const signed = `${url}?bodySHA256=${getExpectedBodyHash(body)}`;
  return {
    url: signed,
    headers: {
      "content-type": "application/json",
      "x-twilio-signature": twilio.getExpectedTwilioSignature(secret, signed, {}),
    },
  };
};

export const verify = ({ url, headers, body }, { secret }) => twilio.validateRequestWithBody(secret, headers["x-twilio-signature"], url, body);
