import { randomUUID } from "node:crypto";
import * as github from "@octokit/webhooks-methods";

export const sign = async (url, { secret }, body) => ({
  headers: {
    "content-type": "application/json",
    "x-github-event": "push",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": await github.sign(secret, body),
  },
});

export const verify = ({ headers, body }, { secret }) => github.verify(secret, body, headers["x-hub-signature-256"]);
