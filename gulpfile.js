const { execFileSync } = require('node:child_process');
const { rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { dest, parallel, series, src } = require('gulp');

function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

function compile(done) {
	execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], { stdio: 'inherit' });
	done();
}

/** What the nodes read beside their code: icons, codex files, data, and the texts for customers and staff. */
function assets() {
	return src(['nodes/**/*.{svg,json}', 'lib/**/*.json', 'templates/**/*.{hbs,json}'], { base: '.', encoding: false }).pipe(dest('dist'));
}

/** The nodes' descriptions, for the command that checks workflows: where there is no n8n the nodes cannot be loaded. */
function catalogue(done) {
	const { nodes } = require('./package.json').n8n;
	const descriptions = nodes.map((file) => new (require(path.join(__dirname, file))[path.basename(file, '.node.js')])().description);
	writeFileSync('dist/catalogue.json', JSON.stringify(descriptions.map(({ name, version, properties, inputs, outputs, polling, usableAsTool }) => ({ name, version, properties, inputs, outputs, polling, usableAsTool }))));
	done();
}

exports.build = series(clean, parallel(compile, assets), catalogue);
exports.default = exports.build;
