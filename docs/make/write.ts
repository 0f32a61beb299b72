// `npm run docs`: writes the reference anew.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './package';
import { REFERENCE, referencePages } from './reference';

const pages = Object.entries(referencePages());
// A page whose node is gone must go too.
rmSync(path.join(ROOT, REFERENCE), { recursive: true, force: true });
for (const [file, text] of pages) {
	const target = path.join(ROOT, REFERENCE, file);
	mkdirSync(path.dirname(target), { recursive: true });
	writeFileSync(target, text);
}
console.log(`${pages.length} pages in ${REFERENCE}`);
