import "@shopify/shopify-api/adapters/node";
import { shopifyApi } from "@shopify/shopify-api";
import { createSHA256HMAC } from "@shopify/shopify-api/runtime";

export const sign = async (url, { secret }, body) => ({
  headers: {
    "content-type": "application/json",
    "x-shopify-topic": "orders/create",
    "x-shopify-api-version": "2026-01",
    "x-shopify-shop-domain": "example.myshopify.com",
    "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
    "x-shopify-hmac-sha256": await createSHA256HMAC(secret, body),
  },
});

export const verify = async ({ url, headers, body }, { secret }) => {
  const shopify = shopifyApi({
    apiKey: "unused", apiSecretKey: secret, hostName: "example.com", apiVersion: "2026-01", isEmbeddedApp: false,
    logger: { log: () => {} },
  });
  const { valid } = await shopify.webhooks.validate({ rawBody: body, rawRequest: { method: "POST", url, headers }, rawResponse: {} });
  return valid;
};
