import Stripe from "stripe";

const stripe = new Stripe("sk_test_unused");

export const sign = (url, { secret }, body) => ({
  headers: {
    "content-type": "application/json; charset=utf-8",
    "stripe-signature": stripe.webhooks.generateTestHeaderString({ payload: body, secret }),
  },
});

export const verify = ({ headers, body }, { secret }) => Boolean(stripe.webhooks.constructEvent(body, headers["stripe-signature"], secret));
