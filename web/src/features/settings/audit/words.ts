/** What can have been done, as the log names it. */
export const actions = [
  'create', 'put', 'update', 'delete', 'draft', 'publish', 'restore', 'enable', 'disable', 'run', 'retry', 'cancel', 'replay', 'admit', 'start', 'abort', 'test', 'check',
  'login', 'login_failed', 'logout', 'end_sessions', 'revoke', 'rotate', 'read_credentials',
] as const

/** What it can have been done to. */
export const kinds = ['workflow', 'execution', 'delivery', 'collection', 'record', 'env', 'channel', 'ip_set', 'user', 'api_key', 'file', 'sample', 'replay', 'import', 'settings', 'secret_key'] as const
