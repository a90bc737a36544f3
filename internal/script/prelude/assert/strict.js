// require('assert/strict')
module.exports = internal('assert').strict;
