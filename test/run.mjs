// Runs everything that `npm test` promises, goes on after a failure, and counts: the last line is "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const report = join(mkdtempSync(join(tmpdir(), 'optical-crm-test-')), 'report.json');
/** On a busy machine a test of one second may take ten; what asks for more says so itself. */
const PATIENCE = '--testTimeout=30000';
let passed = 0;
let failed = 0;

/** A program of the project, counted as one test. */
function step(name, program, ...args) {
	const ok = run(name, program, args);
	if (ok) passed++;
	else failed++;
	return ok;
}

/** A group of jest's, counted by its own tests; a group that does not even start is one failure. */
function group(name, ...args) {
	rmSync(report, { force: true });
	const ok = run(`${name} tests`, 'jest/bin/jest.js', ['--selectProjects', name, PATIENCE, '--json', '--outputFile', report, ...args]);
	const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = result();
	passed += numPassedTests;
	failed += numFailedTests + numRuntimeErrorTestSuites;
	if (!ok && numFailedTests + numRuntimeErrorTestSuites === 0) failed++;
}

function result() {
	try {
		return JSON.parse(readFileSync(report, 'utf8'));
	} catch {
		return {};
	}
}

function run(name, program, args) {
	const started = Date.now();
	console.log(`\n--- ${name}`);
	const { status } = spawnSync(process.execPath, [join('node_modules', program), ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
	console.log(`--- ${name}: ${status === 0 ? 'passed' : 'FAILED'} after ${Math.round((Date.now() - started) / 1000)} s`);
	return status === 0;
}

step('lint', 'eslint/bin/eslint.js', '--max-warnings', '0', '.');
step('types', 'typescript/bin/tsc', '-p', 'tsconfig.check.json');
// jest would leave one core idle; on a machine of two that is half of it.
const ALL_CORES = '--maxWorkers=100%';
group('unit', ALL_CORES);
group('store', ALL_CORES);
group('postgres', ALL_CORES);
const built = step('build', 'gulp/bin/gulp.js', 'build');
// Two at once: an n8n that starts leaves a core to the other.
if (built) group('e2e', '--maxWorkers=2');

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
