import { Webhook } from "svix";

export const sign = (url, { secret }, body) => {
  const id = "msg_1001", now = new Date();
  return {
    headers: {
      "content-type": "application/json",
      "svix-id": id,
      "svix-timestamp": String(Math.floor(now / 1000)),
      "svix-signature": new Webhook(secret).sign(id, now, body),
    },
  };
};

export const verify = ({ headers, body }, { secret }) => Boolean(new Webhook(secret).verify(body, headers));
