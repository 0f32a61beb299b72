import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../../lib/domain/glossary';
import { ALLOWED_ON } from '../../../lib/consent/basis';
import { REASONS, type ReasonCode } from '../../../lib/consent/reasons';
import { RULES } from '../../../lib/consent/registry';
import english from '../../../templates/en/reasons.json';
import italian from '../../../templates/it/reasons.json';

describe('the registry', () => {
	it('names each rule once, with where it comes from', () => {
		expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
		for (const { id, title, source } of RULES) {
			expect(id).toMatch(/^[RC]\d{2}$/);
			expect(title).not.toBe('');
			expect(source).toMatch(/^RULES/);
			if (id.startsWith('R')) expect(source).toContain(`RULES ${Number(id.slice(1))}`);
		}
	});

	it('holds every rule that is written', () => {
		const files = readdirSync(join(__dirname, '../../../lib/consent/rules'));
		const written = files.flatMap((file) => Object.values(jest.requireActual(`../../../lib/consent/rules/${file}`)));
		expect(new Set(RULES)).toEqual(new Set(written));
	});

	it('agrees with the reasons about who gives which', () => {
		const given = [...RULES.map(({ id, reason }) => [reason, id]), ...Object.values(ALLOWED_ON).map(({ reason, rule }) => [reason, rule])];
		const listed = Object.entries(REASONS).flatMap(([reason, { rules }]) => rules.map((rule) => [reason, rule]));
		expect(given.sort()).toEqual(listed.sort());
		expect(RULES.every(({ reason }) => REASONS[reason].outcome === 'block')).toBe(true);
		expect(Object.values(ALLOWED_ON).every(({ reason }) => REASONS[reason].outcome === 'allow')).toBe(true);
	});
});

describe('reasons.json', () => {
	const texts: Record<(typeof LANGUAGES)[number], Record<ReasonCode, string>> = { it: italian, en: english };

	it.each(LANGUAGES)('explains every reason code in %s, in one sentence', (language) => {
		expect(Object.keys(texts[language]).sort()).toEqual(Object.keys(REASONS).sort());
		for (const text of Object.values(texts[language])) expect(text).toMatch(/^\p{Lu}[^.]{10,110}\.$/u);
	});
});
