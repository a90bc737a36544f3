/** The last execution of a workflow that succeeded, where the id of one is expected. */
export const last = 'last'
