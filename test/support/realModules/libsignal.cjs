module.exports = require('./load.cjs').realModule('libsignal');
