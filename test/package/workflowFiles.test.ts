import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './support/package';

interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}
interface Job {
	permissions?: Record<string, string>;
	environment?: string;
	needs?: string | string[];
	'timeout-minutes'?: number;
	steps: Step[];
}
interface Workflow {
	on: Record<string, { tags?: string[] } | null>;
	permissions?: Record<string, string>;
	jobs: Record<string, Job>;
}

const FOLDER = path.join(ROOT, '.github', 'workflows');
const FILES = readdirSync(FOLDER).map((name) => {
	const text = readFileSync(path.join(FOLDER, name), 'utf8');
	return { name, text, workflow: parse(text) as Workflow };
});
const jobsOf = ({ jobs }: Workflow) => Object.values(jobs);

it('are what they were when this was written, at least', () => {
	expect(FILES.map(({ name }) => name)).toEqual(expect.arrayContaining(['ci.yml', 'matrix.yml', 'publish.yml']));
});

describe.each(FILES)('$name', ({ name, text, workflow }) => {
	const steps = jobsOf(workflow).flatMap((job) => job.steps);

	it('may read the repository, and no job more unless it publishes', () => {
		expect(workflow.permissions).toEqual({ contents: 'read' });
		const more = jobsOf(workflow).flatMap(({ permissions = {} }) => Object.entries(permissions)).filter(([, right]) => right === 'write');
		expect(more).toEqual(name === 'publish.yml' ? [['id-token', 'write']] : []);
	});

	it('knows no secret, and never runs a stranger\'s code with the repository\'s rights', () => {
		expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN|GITHUB_TOKEN|github\.token/);
		expect(Object.keys(workflow.on)).not.toEqual(expect.arrayContaining(['pull_request_target']));
		expect(Object.keys(workflow.on)).not.toEqual(expect.arrayContaining(['workflow_run']));
		for (const { uses, with: given } of steps) if (uses?.startsWith('actions/checkout@')) expect(given).toMatchObject({ 'persist-credentials': false });
	});

	it('uses actions by their commit, with the version beside it', () => {
		for (const line of text.split('\n').filter((each) => /\buses:/.test(each))) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/);
	});

	it('puts nothing that a stranger can write into a command', () => {
		for (const { run } of steps) expect(run ?? '').not.toMatch(/\$\{\{\s*(github\.(event|head_ref|ref_name|actor)|inputs)/);
	});

	it('ends by itself', () => {
		for (const job of jobsOf(workflow)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
	});
});

describe('publishing', () => {
	const { workflow } = FILES.find(({ name }) => name === 'publish.yml') as (typeof FILES)[number];
	const { pack, publish } = workflow.jobs;
	const commands = (job: Job) => job.steps.flatMap(({ run }) => run ?? []);

	it('begins with a tag of a version, and nothing else', () => {
		expect(workflow.on).toEqual({ push: { tags: ['v[0-9]+.[0-9]+.[0-9]+'] } });
	});

	it('checks tag and changelog, then tests, then packs', () => {
		expect(commands(pack)).toEqual(['node .ci/checkRelease.mjs "$GITHUB_REF_NAME"', 'bash .ci/run', 'npm run build && npm pack --ignore-scripts']);
		expect(publish.needs).toBe('pack');
	});

	it('publishes that very tarball with provenance, where nothing else is run, after a person said yes', () => {
		expect(commands(publish)).toEqual(['npm publish ./*.tgz --provenance --access public --ignore-scripts']);
		expect(publish.environment).toBe('npm');
		expect(publish.permissions).toEqual({ 'id-token': 'write' });
		expect(publish.steps.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/download-artifact', 'actions/setup-node', undefined]);
		// The oldest npm that can do it is 11.5.1; Node 24 brings a newer one.
		expect(publish.steps[1].with).toMatchObject({ 'node-version': 24, 'registry-url': 'https://registry.npmjs.org' });
	});
});

describe('what may be released', () => {
	const manifest = { version: '1.2.3' };
	const changelog = '# Changelog\n\n## 1.2.3 - 2026-12-01\n\n- More.\n\n## 1.2.2 - 2026-11-01\n';
	let folder: string;
	beforeAll(() => void (folder = mkdtempSync(path.join(tmpdir(), 'optical-crm-release-'))));
	afterAll(() => rmSync(folder, { recursive: true }));

	/** What the check says of a folder with these files. */
	function problemsOfRelease(tag: string, lock: object, log: string): string {
		const files = { 'package.json': JSON.stringify(manifest), 'package-lock.json': JSON.stringify(lock), 'CHANGELOG.md': log };
		for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
		const { status, stderr } = spawnSync(process.execPath, [path.join(ROOT, '.ci', 'checkRelease.mjs'), tag], { cwd: folder, encoding: 'utf8' });
		expect(status).toBe(stderr ? 1 : 0);
		return stderr;
	}

	it('is a tag that fits package, lock file and changelog', () => {
		expect(problemsOfRelease('v1.2.3', manifest, changelog)).toBe('');
	});

	it.each([
		['another tag', 'v1.2.4', manifest, changelog, /tag must be v1\.2\.3/],
		['a tag without v', '1.2.3', manifest, changelog, /tag must be/],
		['another lock file', 'v1.2.3', { version: '1.2.2' }, changelog, /package-lock\.json says 1\.2\.2/],
		['a changelog that does not tell of it', 'v1.2.3', manifest, changelog.replace('1.2.3', 'Unreleased'), /must be "## 1\.2\.3 - YYYY-MM-DD"/],
		['a version without a day', 'v1.2.3', manifest, '## 1.2.3\n', /YYYY-MM-DD/],
		['an empty changelog', 'v1.2.3', manifest, '', /begins with "nothing"/],
	])('is not %s', (_, tag, lock, log, said) => {
		expect(problemsOfRelease(tag, lock, log)).toMatch(said);
	});
});
