import fc from 'fast-check';
import { expectedGreetings } from '../../../demo/shop/expected';
import { ENCODINGS, exportCsv } from '../../../demo/shop/exportCsv';
import { generateShop, type GeneratedShop } from '../../../demo/shop/generateShop';
import { HEADINGS } from '../../../demo/shop/rows';
import { fold } from '../../../lib/domain/text';
import type { RowEvent } from '../../../lib/imports/events';
import { readExport } from '../../../lib/imports/readExport';
import type { RowProblem } from '../../../lib/imports/types';

const today = '2026-11-22';
const shop = generateShop({ seed: 1, today });

async function imported(generated: GeneratedShop, day: string, encoding = ENCODINGS[0] as (typeof ENCODINGS)[number]) {
	const rows: RowEvent[] = [];
	for await (const event of readExport([exportCsv(generated.rows, encoding)], { today: day, timeZone: 'Europe/Rome', country: 'IT' })) {
		if (event.event === 'row') rows.push(event);
	}
	const problem = ({ row, field, reason }: RowProblem) => ({ row, field, reason });
	return {
		rows,
		rejected: rows.flatMap(({ result }) => (result.status === 'rejected' ? [problem(result.rejection)] : [])),
		leftOut: rows.flatMap(({ result }) => (result.status === 'accepted' ? result.warnings.map(problem) : [])),
	};
}

function customerIn(rows: RowEvent[], row: number) {
	const { result } = rows[row - 1];
	if (result.status === 'rejected') throw new Error(`Row ${row}: ${result.rejection.reason}`);
	return result.customer;
}

test('the same seed and day give the same shop, another seed another', () => {
	expect(generateShop({ seed: 1, today })).toEqual(shop);
	expect(generateShop({ seed: 2, today }).rows).not.toEqual(shop.rows);
});

test.each(ENCODINGS)('an import in %s reports exactly the expected rows and fields', async (encoding) => {
	const { rows, rejected, leftOut } = await imported(shop, today, encoding);
	expect(rows).toHaveLength(1200);
	expect(shop.expected.rows).toBe(1200);
	expect(rejected).toEqual(shop.expected.rejected);
	expect(leftOut).toEqual(shop.expected.leftOut);
});

test('the import brings back the people behind the rows', async () => {
	const { rows } = await imported(shop, today);
	for (const birthday of shop.expected.birthdays) {
		const customer = customerIn(rows, birthday.row);
		expect(customer).toMatchObject({ lastName: birthday.lastName, firstName: birthday.firstName, code: birthday.code, birthDate: birthday.birthDate });
		expect(customer.contactPoints.find(({ kind }) => kind === 'email')?.value).toBe(birthday.email);
		const granted = customer.consents.some(({ channel, status, capturedOn }) => channel === 'email' && status === 'granted' && capturedOn);
		expect(granted).toBe(!['denied', 'noConsent'].includes(birthday.situation));
	}
});

test('the counts hold when rows without a code are joined by name and birth date', async () => {
	const { rows } = await imported(shop, today);
	const customers = rows.flatMap(({ result }) => (result.status === 'accepted' ? [result.customer] : []));
	const key = ({ lastName, firstName, birthDate }: (typeof customers)[number]) => `${fold(lastName)}|${fold(firstName)}|${birthDate}`;
	const withCode = customers.filter(({ code }) => code);
	const known = new Set(withCode.map(key));
	const all = [...withCode, ...customers.filter((customer) => !customer.code && !known.has(key(customer)))];
	expect(all).toHaveLength(shop.expected.customers);
	expect(all.length).toBeLessThan(customers.length);
	const consents = all.map((customer) => customer.consents.find(({ channel }) => channel === 'email')?.status ?? 'unknown');
	const count = (status: string) => consents.filter((said) => said === status).length;
	expect({ granted: count('granted'), denied: count('denied'), unknown: count('unknown') }).toEqual(shop.expected.consentEmail);
	expect(all.filter(({ contactPoints }) => contactPoints.some(({ kind }) => kind === 'email'))).toHaveLength(shop.expected.withEmail);
});

test('the scene of today', () => {
	const { birthdays } = shop.expected;
	expect(expectedGreetings(birthdays, { belatedDays: 0, earlyDays: 0 })).toEqual({
		due: 18, allowed: 12, blocked: { CONSENT_MISSING: 2, MINOR: 1, SUBJECT_DECEASED: 1, CONTACT_INVALID: 2 },
	});
	expect(expectedGreetings(birthdays, { belatedDays: 3, earlyDays: 0 })).toMatchObject({ due: 20, allowed: 13 });
	expect(expectedGreetings(birthdays, { belatedDays: 7, earlyDays: 7 })).toMatchObject({ due: 22, allowed: 15 });
	expect(new Set(birthdays.map(({ situation }) => situation))).toEqual(new Set(['allowed', 'deceased', 'minor', 'denied', 'noConsent', 'noEmail']));
	expect(birthdays.some(({ firstName, daysLate }) => daysLate === 0 && /[àèéìòù]/.test(firstName))).toBe(true);
	expect(birthdays.some(({ lastName, daysLate }) => daysLate === 0 && lastName.includes("'"))).toBe(true);
	expect(birthdays.some(({ turns, situation, daysLate }) => turns === 18 && situation === 'allowed' && daysLate === 0)).toBe(true);
});

test('the dirt of real data is there', () => {
	const column = (heading: (typeof HEADINGS)[number]) => shop.rows.map((row) => row[HEADINGS.indexOf(heading)]);
	expect(column('Data di nascita')).toEqual(expect.arrayContaining(['31/02/1980', '00/00/0000', expect.stringMatching(/^29.0?2.(19)?68$/)]));
	expect(column('Cellulare').filter((cell) => cell === '').length).toBeGreaterThan(50);
	expect(column('E-mail')).toContain('nessuna');
	expect(column('Deceduto').filter((cell) => cell !== '').length).toBeGreaterThanOrEqual(7);
	expect(column('Consenso e-mail')).toEqual(expect.arrayContaining(['SI', 'S', 'X', 'no', '']));
	expect(column('Cognome').some((name) => /^[A-Z' ]+$/.test(name))).toBe(true);
	expect(column('Codice').filter((code) => code === '')).toHaveLength(13);
	expect(column('Totale acquisti').some((amount) => /^\d\.\d{3},\d{2}$/.test(amount))).toBe(true);
});

test('nobody real can be reached: reserved domains, numbers that nobody has', () => {
	const text = exportCsv(shop.rows, 'utf-8').toString();
	for (const [domain] of text.matchAll(/(?<=[a-z0-9]@)[a-z0-9.-]+/gi)) expect(domain.toLowerCase()).toMatch(/\.example$|^no\.it$|^posta$/);
	for (const [, areaCode, number] of text.matchAll(/(0185|0187|0543)[ /-]?(\d{6})/g)) expect([areaCode, number[0]]).toEqual([areaCode, '0']);
	expect(shop.shop.email).toMatch(/\.example$/);
});

test('on any day, leap days and turns of the year included, the scene stands and the import agrees', async () => {
	const days = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2060-12-31T00:00:00Z'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
	await fc.assert(fc.asyncProperty(fc.oneof({ weight: 1, arbitrary: fc.constantFrom('2028-02-29', '2027-02-28', '2028-02-28', '2027-03-01', '2026-12-31', '2027-01-01', '2100-02-28') }, { weight: 2, arbitrary: days }), fc.nat(), async (day, seed) => {
		const generated = generateShop({ seed, count: 300, today: day });
		const { rejected, leftOut } = await imported(generated, day);
		expect(rejected).toEqual(generated.expected.rejected);
		expect(leftOut).toEqual(generated.expected.leftOut);
		const onTheDay = generated.expected.birthdays.filter(({ daysLate, birthDate }) => daysLate === 0 && !birthDate.endsWith('-02-29'));
		const atLeast = day.endsWith('-02-29') ? 0 : 12;
		expect(onTheDay.filter(({ reason }) => !reason).length).toBeGreaterThanOrEqual(atLeast);
		expect(expectedGreetings(generated.expected.birthdays, { belatedDays: 0, earlyDays: 0 }).allowed).toBeGreaterThanOrEqual(12);
	}), { numRuns: 12 });
}, 60_000);

test('29 February is kept on the 28th in common years', () => {
	const leapPeople = (day: string) => generateShop({ seed: 3, count: 300, today: day }).expected.birthdays.filter(({ birthDate }) => birthDate.endsWith('02-29')).map(({ dueOn }) => dueOn);
	expect(leapPeople('2027-03-04')).toEqual(['2027-02-28', '2027-02-28']);
	expect(leapPeople('2028-03-04')).toEqual(['2028-02-29', '2028-02-29']);
	expect(leapPeople('2027-06-01')).toEqual([]);
});

test('a shop too small for its scene is refused', () => {
	expect(() => generateShop({ seed: 1, count: 10, today })).toThrow(/300/);
});
