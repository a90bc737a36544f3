import { Webhook } from "standardwebhooks";

export const sign = (url, { secret }, body) => {
  const id = "msg_1001", now = new Date();
  return {
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, now, body),
    },
  };
};

export const verify = ({ headers, body }, { secret }) => Boolean(new Webhook(secret).verify(body, headers));
