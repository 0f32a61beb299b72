import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../../lib/domain/glossary';
import { ALLOWED_ON } from '../../../lib/consent/basis';
import { REASONS, type ReasonCode } from '../../../lib/consent/reasons';
import { RULES } from '../../../lib/consent/registry';
import { STRICT_POLICY } from '../../../lib/domain/consentPolicy';
import english from '../../../templates/en/reasons.json';
import italian from '../../../templates/it/reasons.json';

describe('the registry', () => {
	it('names each rule once, with where it comes from', () => {
		expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
		for (const { id, title, source } of RULES) {
			expect(id).toMatch(/^[RC]\d{2}[abc]?$/);
			expect(title).not.toBe('');
			expect(source).toMatch(/^RULES/);
			if (id.startsWith('R')) expect(source).toContain(`RULES ${parseInt(id.slice(1))}`);
		}
	});

	it('names no law that the specification of the rules does not hold', () => {
		const held = [
			'GDPR 21(2-3)', 'GDPR 7(3)', 'GDPR 13-14', 'GDPR 9', 'Codice privacy 130(1-2)', 'Codice privacy 130(4)', 'Codice privacy 130(5)', 'Garante 130/2024', 'Garante 330/2025',
			'Cass. 9920/2022', 'L. 151/2025', 'RFC 8058', 'AGCOM, register of aliases',
		];
		const named = RULES.flatMap(({ source }) => source.split('; ').filter((part) => !part.startsWith('RULES')));
		expect(named.filter((part) => !held.includes(part))).toEqual([]);
	});

	it('holds every rule that is written', () => {
		const files = readdirSync(join(__dirname, '../../../lib/consent/rules'));
		const written = files.flatMap((file) => Object.values(jest.requireActual(`../../../lib/consent/rules/${file}`)).filter((part) => typeof part === 'object' && part !== null && 'check' in part));
		expect(new Set(RULES)).toEqual(new Set(written));
	});

	it('agrees with the reasons about who gives which', () => {
		const given = [...RULES.map(({ id, reason }) => [reason, id]), ...Object.values(ALLOWED_ON).map(({ reason, rule }) => [reason, rule])];
		const listed = Object.entries(REASONS).flatMap(([reason, { rules }]) => rules.map((rule) => [reason, rule]));
		expect(given.sort()).toEqual(listed.sort());
		expect(Object.values(ALLOWED_ON).every(({ reason }) => REASONS[reason].outcome === 'allow')).toBe(true);
	});

	it('asks what puts off only after all that forbids', () => {
		const outcomes = RULES.map(({ reason }) => REASONS[reason].outcome);
		expect(outcomes).not.toContain('allow');
		expect(outcomes.lastIndexOf('block')).toBeLessThan(outcomes.indexOf('defer'));
		expect(outcomes.lastIndexOf('review')).toBeLessThan(outcomes.indexOf('defer'));
	});

	it('says of everything that is put off when it is tried again', () => {
		for (const { reason, retryAt } of RULES) if (REASONS[reason].outcome === 'defer') expect(retryAt).toBeDefined();
	});

	it('tells of a code that no rule gives who gives it', () => {
		for (const { rules, elsewhere = '' } of Object.values<{ rules: readonly string[]; elsewhere?: string }>(REASONS)) {
			expect(rules.length > 0).toBe(elsewhere === '');
		}
	});

	it('names only settings that exist, and each setting of the policy is named by a rule, serves the choice of a channel, or says what a language model may see', () => {
		const named = new Set<string>(RULES.flatMap(({ settings = [] }) => settings));
		const others = ['privacyNotices', 'retention', 'openingHours', 'patronSaint', 'smsAlias', 'softSpam', 'staffMinuteCents', 'contactWorthCents', 'modelMaySee'];
		expect([...new Set([...named, ...others])].sort()).toEqual([...new Set([...Object.keys(STRICT_POLICY), ...others])].sort());
	});
});

describe('reasons.json', () => {
	const texts: Record<(typeof LANGUAGES)[number], Record<ReasonCode, string>> = { it: italian, en: english };

	it.each(LANGUAGES)('explains every reason code in %s, in one sentence', (language) => {
		expect(Object.keys(texts[language]).sort()).toEqual(Object.keys(REASONS).sort());
		for (const text of Object.values(texts[language])) expect(text).toMatch(/^\p{Lu}[^.]{10,110}\.$/u);
	});
});
