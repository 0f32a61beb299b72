import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { CrmError } from '../../../lib/domain/errors';
import { listCustomers } from '../../../lib/store/customers/customers';
import { verifyConsents } from '../../../lib/store/verifyConsents';
import type { ImportSummary } from '../../../nodes/OpticalCrm/actions/importRows';
import { importFile } from '../../support/importFile';
import { openTestStore, type TestStore } from '../../support/store';

const HEADINGS = 'Codice;Cognome;Nome;Data di nascita;Cellulare;E-mail;Indirizzo;Consenso e-mail;Data consenso';

// On a server each of the many imports takes its time.
jest.setTimeout(60_000);

let test: TestStore;
beforeEach(async () => void (test = await openTestStore()));
afterEach(async () => await test.close());

const customers = async () => await listCustomers(test.store, { limit: 10_000 });
const consents = async () => await test.store.db.selectFrom('consents').select(['customer_id', 'sequence', 'status']).orderBy('customer_id').orderBy('sequence').execute();

/** Imports, and checks that every row is somewhere: created, updated, unchanged, or rejected and told. */
async function imported(file: Parameters<typeof importFile>[1]): Promise<ImportSummary> {
	const before = (await customers()).length;
	const { summary, toMend } = await importFile(test.store, file);
	expect(summary.created + summary.updated + summary.unchanged + summary.rejected).toBe(summary.rows);
	const refused = toMend.filter(({ taken }) => !taken).map(({ row }) => row);
	expect(new Set(refused).size).toBe(summary.rejected);
	expect(refused.every((row) => row >= 1 && row <= summary.rows)).toBe(true);
	expect((await customers()).length).toBe(before + summary.created);
	return summary;
}

it('random bytes: the file is refused with a way to go on, or its rows add up', async () => {
	await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 3 }), fc.boolean(), async (pieces, withHeadings) => {
		try {
			await imported(withHeadings ? [Buffer.from(`${HEADINGS}\r\n`), ...pieces] : pieces);
		} catch (error) {
			expect(error).toBeInstanceOf(CrmError);
			expect((error as CrmError).howToGoOn).not.toBe('');
		}
	}), { numRuns: 60 });
	expect((await verifyConsents(test.store)).broken).toEqual([]);
});

it('cells of every kind, in any order and number: the rows add up, and nothing harmful is stored', async () => {
	const cell = fc.oneof(
		fc.constantFrom('', 'C1', 'C2', 'Rossi', 'ROSSI', "D'Angelo", 'Anna', '31/02/1980', '29/02/1980', '12-gen-80', '45123', '12 brumaio', '325 1234567', 'tre due cinque', '+393251234567', 'a@posta.example', 'SI', 'no', 'forse', '1', 'PerchÃ©'),
		fc.constantFrom("=cmd|' /C calc'!A0", '@SUM(A1)', '-2+3', '+39', '\u202eRossi', 'Ros\0si', '\ud800', 'a\u0007b', '<b>', "'; drop table customers; --", 'x'.repeat(20_000), '"', 'a;b'),
		fc.string({ unit: 'binary', maxLength: 8 }),
	).map((text) => `"${text.replaceAll('"', '""')}"`);
	const row = fc.array(cell, { minLength: 1, maxLength: 12 }).map((cells) => cells.join(';'));
	await fc.assert(fc.asyncProperty(fc.array(row, { maxLength: 25 }), async (rows) => {
		const file = `${HEADINGS}\r\n${rows.map((cells) => `${cells}\r\n`).join('')}`;
		await imported(file);
		// A row without a code may bear the name that its code has just taken from somebody: the next time she is somebody new. After that there is nothing new, whatever it was.
		await imported(file);
		expect(await imported(file)).toMatchObject({ created: 0 });
	}), { numRuns: 60 });
	for (const { firstName, lastName, contactPoints } of await customers()) {
		expect(firstName + lastName).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
		expect(lastName).not.toMatch(/^[=+@-]/);
		for (const { kind, value } of contactPoints) if (kind === 'phone') expect(value).toMatch(/^\+[1-9]\d{6,14}$/);
	}
	expect((await verifyConsents(test.store)).broken).toEqual([]);
});

it('half a file, and then the whole one: everybody is there once', async () => {
	const rows = Array.from({ length: 40 }, (_, index) => `C${index};Cantù;Anna ${index};01/02/19${50 + (index % 50)};325 12345${10 + index};a${index}@posta.example;"Via Roma; ${index}";SI;03/02/2023`);
	const whole = Buffer.from(`${HEADINGS}\r\n${rows.join('\r\n')}\r\n`);
	await fc.assert(fc.asyncProperty(fc.integer({ min: HEADINGS.length + 2, max: whole.length }), async (cut) => {
		const own = await openTestStore();
		await importFile(own.store, whole.subarray(0, cut));
		const { summary } = await importFile(own.store, whole);
		expect(summary).toMatchObject({ rows: 40, rejected: 0 });
		expect(await listCustomers(own.store, { limit: 100 })).toHaveLength(40);
		await own.close();
	}), { numRuns: 8 });
});

it('a cell of 10 MB and ten thousand cells in a row cost their own rows only', async () => {
	const summary = await imported(`${HEADINGS}\nC1;Rossi;${'x'.repeat(10_000_000)}\nC2;Verdi;Ugo${';a'.repeat(10_000)}\nC3;Bianchi;"${'y'.repeat(900_000)}"\nC4;Neri;Eva\n`);
	expect(summary).toMatchObject({ rows: 4, created: 1, reasons: { ROW_TOO_LARGE: 1, ROW_TOO_LONG: 1, NAME_TOO_LONG: 1 } });
});

it('ten thousand columns are refused as a whole, with the number', async () => {
	const file = `${HEADINGS}${Array.from({ length: 10_000 }, (_, index) => `;campo ${index}`).join('')}\nC1;Rossi\n`;
	await expect(importFile(test.store, file)).rejects.toThrow(/10009 columns/);
	expect(await customers()).toEqual([]);
});

it('the same customer three times in one file is one customer, with each contact point and consent once', async () => {
	const row = 'C1;Rossi;Anna;01/02/1980;325 1234567;anna@posta.example;;SI;03/02/2023';
	expect(await imported([HEADINGS, row, row.replace('C1', ''), row.replace('Rossi;Anna', 'ROSSI;ANNA')].map((line) => Buffer.from(`${line}\n`)))).toMatchObject({ rows: 3, created: 1, updated: 0, unchanged: 2 });
	expect(await customers()).toMatchObject([{ code: 'C1', contactPoints: [{ kind: 'email' }, { kind: 'phone' }] }]);
	expect(await consents()).toHaveLength(1);
});

describe('two imports of the same file at the same time', () => {
	const rows = Array.from({ length: 2500 }, (_, index) => `C${index};Rossi ${index};Anna;01/02/1980;325 ${1000000 + index};a${index}@posta.example;;SI;03/02/2023`);
	const file = `${HEADINGS}\n${rows.join('\n')}\n`;

	async function expectOnce(summaries: ImportSummary[]): Promise<void> {
		for (const { rows: all, created, unchanged, updated, rejected } of summaries) expect({ all, sum: created + unchanged, updated, rejected }).toEqual({ all: 2500, sum: 2500, updated: 0, rejected: 0 });
		expect(summaries.reduce((sum, { created }) => sum + created, 0)).toBe(2500);
		expect(await customers()).toHaveLength(2500);
		expect(await consents()).toHaveLength(2500);
		expect(await verifyConsents(test.store)).toMatchObject({ broken: [] });
	}

	it('in one process', async () => {
		await expectOnce((await Promise.all([importFile(test.store, file), importFile(test.store, file)])).map(({ summary }) => summary));
	});

	it('in two processes', async () => {
		const path = join(test.settings.file, '..', 'clienti.csv');
		writeFileSync(path, file);
		const alone = async () => {
			const script = join(__dirname, '..', '..', 'support', 'importAlone.ts');
			const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, JSON.stringify(test.settings), path]);
			return JSON.parse(stdout) as ImportSummary;
		};
		await expectOnce(await Promise.all([alone(), alone()]));
	});
});
