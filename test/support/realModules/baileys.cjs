module.exports = require('./load.cjs').realModule('@whiskeysockets/baileys');
