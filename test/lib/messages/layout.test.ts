import { readFileSync } from 'node:fs';
import { compileLayout, MADE } from '../../../templates/layout/compile.cjs';

const layout = readFileSync(MADE, 'utf8');

it('is what MJML makes of its source', async () => {
	expect(layout).toBe(await compileLayout());
});

it('loads nothing from elsewhere', () => {
	expect(layout).not.toMatch(/@import|<link|url\(|src="(?!cid:)/i);
	// Names of namespaces are no addresses that anybody opens.
	expect(layout.replace(/ xmlns(:\w+)?="[^"]*"/g, '')).not.toContain('//');
});
