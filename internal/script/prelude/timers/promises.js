// require('timers/promises')
exports.setTimeout = (delay, value) => new Promise((resolve) => timing.setTimeout(resolve, delay, value));
exports.setImmediate = (value) => new Promise((resolve) => timing.setImmediate(resolve, value));
exports.setInterval = async function* setInterval(delay, value) {
  for (;;) yield exports.setTimeout(delay, value);
};
