// require('timers')
Object.assign(exports, timing, { promises: internal('timers/promises') });
