import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REASONS, type ReasonCode } from '../../../lib/consent/reasons';
import { RULES } from '../../../lib/consent/registry';
import { STRICT_POLICY } from '../../../lib/domain/consentPolicy';
import english from '../../../templates/en/reasons.json';

const FILE = join(__dirname, '../../../docs/contact-rules.md');

const MARKS = { law: 'law', practice: 'practice', ours: 'our own reading' };
const cell = (text: string) => text.replaceAll('|', '\\|');
const table = (head: string[], rows: string[][]) => [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)].join('\n');

function page(): string {
	const reasons = (Object.entries(REASONS) as Array<[ReasonCode, { outcome: string; rules: readonly string[]; elsewhere?: string }]>).map(([code, { outcome, rules, elsewhere }]) => [
		`\`${code}\``, outcome, english[code], elsewhere ?? rules.join(', '),
	]);
	const settings = (names: readonly string[] = []) => names.map((name) => (name in STRICT_POLICY ? `\`${name}\` (${JSON.stringify(STRICT_POLICY[name as keyof typeof STRICT_POLICY])})` : `\`${name}\``)).join(', ');
	const rules = RULES.map(({ id, title, source, mark, settings: names, reason }) => [id, title, `\`${reason}\``, `${source} (${MARKS[mark]})`, settings(names)]);
	return `# The contact rules

What a message must satisfy before it may reach a customer. This is software, not legal advice: the rules are our own careful reading, with the strict value as the default. They are asked
when a message is planned and again when it leaves, in this order; the first that objects decides, and what only puts off comes last. Each decision is recorded with reason code, rule, legal
basis, facts and the versions of rules and settings; *Optical CRM > Consent > Explain* tells it in words. *Optical CRM > Shop > Set Contact Rules* changes the settings.

A rule names a law, a ruling or a standard only where our specification of the rules (RULES, by number) holds it. *law*: read there in the official text or on the platform's own page; *practice*: from a
secondary source; *our own reading*: neither.

This page is written by a test (\`UPDATE_DOCS=1 npx jest test/lib/consent/rulesPage --selectProjects unit\`), and compared with the rules by the same test.

## Rules

${table(['rule', 'what it says', 'reason code', 'source', 'settings (strict value)'], rules)}

## Reason codes

\`block\` forbids; with a moment of the next try, only for now. \`defer\` puts off until that moment. \`review\` goes to a person.

${table(['code', 'outcome', 'meaning', 'given by'], reasons)}
`;
}

it('the page of the contact rules lists every rule and every reason code', () => {
	if (process.env.UPDATE_DOCS) writeFileSync(FILE, page());
	expect(readFileSync(FILE, 'utf8')).toBe(page());
});
