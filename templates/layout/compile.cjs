// Makes the e-mail layout out of its MJML source: `npm run templates`. MJML is needed for this alone, never to send.
const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const SOURCE = path.join(__dirname, 'email.mjml');
const MADE = path.join(__dirname, 'email.html.hbs');
const NOTE = '{{! Made out of email.mjml by "npm run templates": change that file, not this one. }}\n';

/** The layout as MJML makes it. Throws where the source breaks a rule of MJML. */
async function compileLayout() {
	const mjml = require('mjml');
	// Without fonts of its own MJML would load one from another server as soon as a font stack names it.
	const { html } = await mjml(readFileSync(SOURCE, 'utf8'), { validationLevel: 'strict', fonts: {} });
	// Margins are for readers of the source; every message would carry them.
	return NOTE + html.trim().replace(/^\s+/gm, '').replace(/[ \t]+$/gm, '').replace(/<(\w+)\s+/g, '<$1 ') + '\n';
}

module.exports = { compileLayout, MADE };

if (require.main === module) compileLayout().then((layout) => writeFileSync(MADE, layout));
