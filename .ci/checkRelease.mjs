// Says whether what a tag names may be published: `node .ci/checkRelease.mjs v1.2.3`. Ends with 1 and the reasons if not.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * What stands against publishing, one sentence each; empty where nothing does.
 *
 * @param {string} tag such as "v1.2.3"
 * @param {{ version: string }} manifest package.json
 * @param {{ version: string }} lock package-lock.json
 * @param {string} changelog CHANGELOG.md
 */
export function problemsOfRelease(tag, manifest, lock, changelog) {
	const problems = [];
	const { version } = manifest;
	if (tag !== `v${version}`) problems.push(`The tag is ${tag}, but package.json says ${version}: the tag must be v${version}.`);
	if (lock.version !== version) problems.push(`package-lock.json says ${lock.version}, package.json ${version}: run npm install --package-lock-only --ignore-scripts.`);
	const head = /^## (.+)$/m.exec(changelog)?.[1] ?? 'nothing';
	if (!new RegExp(`^${version.replaceAll('.', '\\.')} - \\d{4}-\\d{2}-\\d{2}$`).test(head)) {
		problems.push(`CHANGELOG.md begins with "${head}": its first heading must be "## ${version} - YYYY-MM-DD", with the day of the release.`);
	}
	return problems;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
	const problems = problemsOfRelease(process.argv[2] ?? '', json('package.json'), json('package-lock.json'), readFileSync('CHANGELOG.md', 'utf8'));
	for (const problem of problems) console.error(problem);
	process.exitCode = problems.length === 0 ? 0 : 1;
}
