const { execFileSync } = require('node:child_process');
const { readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
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

/** Removes what nobody loads: files that hold types, or words that only types are made of. */
function onlyWhatIsLoaded(done) {
	const { main, bin, n8n } = require('./package.json');
	const loaded = new Set();
	const load = (file) => {
		if (loaded.has(file)) return;
		loaded.add(file);
		for (const [, named] of readFileSync(file, 'utf8').matchAll(/\brequire\(["'](\.[^"']+)["']\)/g)) {
			const next = require.resolve(path.resolve(path.dirname(file), named));
			if (next.endsWith('.js')) load(next);
		}
	};
	for (const file of [main, ...Object.values(bin), ...n8n.nodes, ...n8n.credentials]) load(path.resolve(file));
	const compiled = readdirSync('dist', { recursive: true }).filter((file) => file.endsWith('.js'));
	for (const file of compiled) if (!loaded.has(path.resolve('dist', file))) rmSync(path.join('dist', file));
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

exports.build = series(clean, parallel(compile, assets), onlyWhatIsLoaded, catalogue);
exports.default = exports.build;
