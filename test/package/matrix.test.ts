import { readFileSync } from 'node:fs';
import path from 'node:path';
import { newestOf, versionsFor } from '../matrix/versions';
import { PACKAGE, ROOT } from './support/package';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

it('takes the newest finished versions, by their numbers and not by their letters', () => {
	expect(newestOf(['2.9.4', '2.41.1', '2.42.0-rc.1', '1.123.81', '2.10.0', '2.41.3', '2.40.7', 'latest'])).toEqual(['2.41.3', '2.41.1', '2.40.7', '2.10.0', '2.9.4']);
	expect(newestOf([])).toEqual([]);
});

it('tries the oldest n8n and Node that the package promises', () => {
	const [oldest] = versionsFor('oldest');
	expect(PACKAGE.engines.node).toBe(`>=${oldest.node.split('.').slice(0, 2).join('.')}`);
	const [between] = versionsFor('between');
	expect(read('README.md')).toContain(`${[oldest, between].map(({ n8n }) => n8n.split('.').slice(0, 2).join('.')).join(' and ')} too`);
});
