import { readFileSync } from 'node:fs';
import path from 'node:path';
import { referencePages, REFERENCE } from '../../docs/make/reference';
import { CREDENTIALS, filesIn, NODES, ROOT } from '../package/support/package';

const PAGES = referencePages();

it('the reference is what the code says of itself: npm run docs writes it anew', () => {
	expect(filesIn(REFERENCE, '.md')).toEqual(Object.keys(PAGES).map((file) => path.posix.join(REFERENCE, file)).sort());
	for (const [file, text] of Object.entries(PAGES)) expect({ file, text: readFileSync(path.join(ROOT, REFERENCE, file), 'utf8') }).toEqual({ file, text });
});

it.each([...NODES.map(({ made }) => made.description), ...CREDENTIALS.map(({ made }) => made)])('the reference names every parameter of $displayName', ({ name, properties }) => {
	const text = Object.entries(PAGES).filter(([file]) => file.startsWith('nodes/') || file === 'credentials.md').map(([, page]) => page).join('\n');
	// What only the panel of a tool shows is told with the operations.
	const missing = properties.filter(({ displayOptions }) => !displayOptions?.show?.['@tool']).filter(({ type, name: own }) => !['notice', 'hidden'].includes(type) && !['resource', 'operation'].includes(own)).filter(({ displayName, name: own }) => !text.includes(`**${displayName}** \`${own}\``));
	expect({ name, missing: missing.map(({ displayName }) => displayName) }).toEqual({ name, missing: [] });
});
