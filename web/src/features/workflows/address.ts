/** addressOf is the URL that other systems call, as far as this browser knows the server's. */
export const addressOf = (path: string, origin = location.origin) => `${origin}/api/webhooks/${path}`
