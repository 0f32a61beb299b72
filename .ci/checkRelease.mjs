// Says whether what a tag names may be published: `node .ci/checkRelease.mjs v1.2.3`. Ends with 1 and the reasons if not.
import { readFileSync } from 'node:fs';

const versionOf = (file) => JSON.parse(readFileSync(file, 'utf8')).version;
const tag = process.argv[2] ?? '';
const version = versionOf('package.json');
const locked = versionOf('package-lock.json');
const head = /^## (.+)$/m.exec(readFileSync('CHANGELOG.md', 'utf8'))?.[1] ?? 'nothing';

const problems = [];
if (tag !== `v${version}`) problems.push(`The tag is "${tag}", but package.json says ${version}: the tag must be v${version}.`);
if (locked !== version) problems.push(`package-lock.json says ${locked}, package.json ${version}: run npm install --package-lock-only --ignore-scripts.`);
if (!(head.startsWith(`${version} - `) && /^\S+ - \d{4}-\d{2}-\d{2}$/.test(head))) {
	problems.push(`CHANGELOG.md begins with "${head}": its first heading must be "## ${version} - YYYY-MM-DD", with the day of the release.`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
