import { createHmac } from "node:crypto";
import { isValidSlackRequest } from "@slack/bolt/dist/receivers/verify-request.js";

// Bolt only verifies; it signs as https://docs.slack.dev/authentication/verifying-requests-from-slack says.
export const sign = (url, { secret }, body) => {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": "v0=" + createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex"),
    },
  };
};

export const verify = ({ headers, body }, { secret }) => isValidSlackRequest({ signingSecret: secret, headers, body });
