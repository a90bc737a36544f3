import adyen from "@adyen/api-library";

const validator = new adyen.hmacValidator();

// The signature stands in the body, one for each of its items.
export const sign = (url, { secret }) => {
  const item = {
    pspReference: "7914073381342284", originalReference: "", merchantAccountCode: "TestMerchant", merchantReference: "order-1001",
    amount: { value: 1130, currency: "EUR" }, eventCode: "AUTHORISATION", eventDate: "2026-01-01T00:00:00+01:00", success: "true",
    additionalData: {},
  };
  item.additionalData.hmacSignature = validator.calculateHmac(item, secret);
  return {
    body: JSON.stringify({ live: "false", notificationItems: [{ NotificationRequestItem: item }] }),
    headers: { "content-type": "application/json" },
  };
};

export const verify = ({ body }, { secret }) =>
  JSON.parse(body).notificationItems.every((item) => validator.validateHMAC(item.NotificationRequestItem, secret));
