import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { itemsOf, requireSuccess, type Execution } from '../../demo/setup/n8nExecution';
import { CrmWorkflow } from './support/crmWorkflow';
import { startBrowser } from './support/browser';
import { openDemoShop, OPENING_MS, OWNER, type DemoShop } from './support/demoShop';
import { openEditor } from './support/editor';

jest.setTimeout(60_000);

const TODAY = '2026-11-22';
const VERSION = '2018-05';

let demo: DemoShop;
let execution: Execution;
const of = (node: string, output = 0) => itemsOf(execution, node, output);
const byCode = (value: string) => ({ customer: { __rl: true, mode: 'code', value } });
const byId = (value: string) => ({ customer: { __rl: true, mode: 'id', value } });
const chosen = (value: object) => ({ mapping: 'chosen', columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] } });
const person = (code: string, fields: object) => ({ code, lastName: 'Provadini', firstName: 'Ada', birthDate: '04/03/1970', additionalFields: { noticeVersion: VERSION, ...fields } });

/** All operations one after the other, as a consultant would wire them. */
function workflow(filesFolder: string): CrmWorkflow {
	const flow = new CrmWorkflow('All that the memory can do');
	flow.crm('Set Up Hours', 'shop', 'upsert', { fields: { smsAlias: 'Belvedere', patronSaint: '06-24', openingHours: { span: [{ days: ['monday', 'tuesday'], from: '9', to: '12:30' }, { days: ['monday'], from: '15', to: '19' }] } } });
	flow.crm('Get Shop', 'shop', 'get');
	flow.crm('Customer', 'customer', 'upsert', person('T1', { mobile: '333 9990001', street: 'Via Prova 1', town: 'Lucca', postalCode: '55100' }));
	flow.crm('Twin', 'customer', 'upsert', { ...person('T2', { mobile: '333 9990001', email: 'ada@posta.example' }), birthDate: '' });

	flow.add('Read Sales', 'n8n-nodes-base.readWriteFile', { operation: 'read', fileSelector: path.join(filesFolder, 'vendite.csv'), options: {} });
	flow.crm('Import Sales', 'equipment', 'import', { source: 'file', ...chosen({ customerCode: 'Kunde', code: 'Busta', orderedOn: 'Bestellt', amount: 'Importo', lensType: 'Lente' }) });
	flow.add('Exam Row', 'n8n-nodes-base.set', { mode: 'raw', jsonOutput: '{"Kunde":"T1","Tag":"20/11/2025","Wer":"Chiara","Zusatz":"B."}' });
	flow.crm('Import Exams', 'exam', 'import', { source: 'items', ...chosen({ customerCode: '={{ $json.Kunde }}', takenOn: 'Tag', examiner: "={{ $json.Wer + ' ' + $json.Zusatz }}" }) });
	flow.crm('Equipment', 'equipment', 'upsert', { ...byCode('T1'), code: 'B1', deliveredOn: '2026-11-20', additionalFields: { usefulMonths: '24' } });
	flow.crm('Exam', 'exam', 'upsert', { ...byCode('T1'), code: 'V1', takenOn: '2026-05-04', nextDueOn: '2027-05-04' });
	flow.crm('Appointment', 'appointment', 'upsert', { ...byCode('T1'), code: 'A1', startsAt: '2026-11-30 10:30' });
	flow.crm('Quote', 'quote', 'upsert', { ...byCode('T1'), code: 'P1', madeOn: '2026-11-01', status: 'open', additionalFields: { amount: '599,00' } });
	for (const resource of ['equipment', 'exam', 'appointment', 'quote']) flow.crm(`Many of ${resource}`, resource, 'getAll', { filters: { customerCode: 'T1' } });

	flow.crm('Add Wording', 'consent', 'addWording', { version: '2026-01', text: 'Acconsento a ricevere richiami.' });
	flow.crm('Record Consent', 'consent', 'record', { ...byCode('T1'), status: 'granted', channel: 'sms', purpose: 'recall', additionalFields: { evidence: 'scan 118', operator: 'Chiara', noticeVersion: VERSION, wordingVersion: '2026-01' } });
	flow.crm('Get Consents', 'consent', 'get', { ...byCode('T1'), day: TODAY });
	flow.crm('Verify', 'consent', 'verify');
	flow.crm('Record RPO Check', 'consent', 'recordRpoChecks', { number: '333 9990001', result: 'listed', enrolledOn: '2024-05-31' });
	flow.crm('Export RPO Numbers', 'consent', 'exportRpoNumbers', { days: 15 });

	flow.crm('Build Households', 'household', 'build');
	flow.crm('Household', 'household', 'getAll', { filters: { customerId: "={{ $('Customer').first().json.id }}" } });
	flow.crm('Find Duplicates', 'customer', 'findDuplicates', { returnAll: true });
	flow.crm('Merge', 'customer', 'merge', { keptId: "={{ $('Customer').first().json.id }}", mergedId: "={{ $('Twin').first().json.id }}", who: 'Chiara' });
	flow.crm('Merged', 'customer', 'getAll', { filters: { search: 'provadini' } });
	flow.crm('Undo Merge', 'customer', 'undoMerge', { mergeId: "={{ $('Merge').first().json.mergeId }}" });
	flow.crm('Parted', 'customer', 'getAll', { filters: { search: 'provadini' } });
	flow.crm('Contact History', 'contactHistory', 'getAll', { ...byCode('T1'), returnAll: true });

	flow.crm('Export Data', 'customer', 'export', byCode('T1'));
	flow.crm('Preview Retention', 'customer', 'retention');
	flow.crm('Data Quality', 'shop', 'dataQuality', { rowsToMend: 5 });
	flow.crm('Back Up', 'shop', 'backup');
	flow.crm('Check Backup', 'shop', 'checkBackup', { file: '={{ $json.file }}' });
	flow.crm('Erase', 'customer', 'erase', { ...byId("={{ $('Customer').first().json.id }}"), operator: 'Chiara' });
	flow.crm('Left', 'customer', 'getAll', { filters: { search: 'provadini' } });
	flow.crm('Preview Restore', 'shop', 'restore', { file: "={{ $('Back Up').first().json.file }}" });
	flow.crm('Restore', 'shop', 'restore', { file: '={{ $json.file }}', restoreNow: true });
	flow.crm('Back Again', 'customer', 'getAll', { filters: { search: 'provadini' } });
	return flow;
}

beforeAll(async () => {
	demo = await openDemoShop(TODAY);
	const folder = demo.server().filesFolder;
	writeFileSync(path.join(folder, 'vendite.csv'), 'Kunde;Busta;Bestellt;Lente;Importo\r\nT1;B1;08/11/2026;Progressiva;1.234,56\r\nT9;B2;08/11/2026;;10,00\r\n');
	const file = path.join(folder, 'memory.json');
	workflow(folder).save(file);
	const id = await demo.client().saveWorkflow(file, demo.shop.credentials);
	execution = await demo.client().waitForExecution(await demo.client().run(id, CrmWorkflow.START));
	requireSuccess(execution);
}, OPENING_MS);

afterAll(async () => await demo?.close(), 60_000);

it('keeps what is said of the shop', () => {
	expect(of('Get Shop')).toMatchObject([{ code: 'belvedere', smsAlias: 'Belvedere', patronSaint: '06-24', openingHours: { monday: [{ from: '09:00', to: '12:30' }, { from: '15:00', to: '19:00' }], tuesday: [{ from: '09:00', to: '12:30' }] }, retention: { customerMonths: 120 } }]);
});

it('imports by columns that were chosen field by field, from a file and from items', () => {
	expect(of('Import Sales')).toMatchObject([{ rows: 2, created: 1, rejected: 1, reasons: { CUSTOMER_UNKNOWN: 1 }, columns: { customerCode: 'Kunde', orderedOn: 'Bestellt' }, unknownColumns: [], headings: 'Kunde;Busta;Bestellt;Lente;Importo' }]);
	expect(of('Import Exams')).toMatchObject([{ rows: 1, created: 1, columns: { customerCode: 'Kunde', takenOn: 'Tag' }, unknownColumns: ['Wer', 'Zusatz'] }]);
});

it('keeps equipment, exams, appointments and quotes', () => {
	expect(of('Many of equipment')).toMatchObject([{ code: 'B1', lensType: 'progressive', amountCents: 123456, deliveredOn: '2026-11-20', usefulMonths: 24 }]);
	expect(of('Many of exam')).toMatchObject([{ takenOn: '2025-11-20', examiner: 'Chiara B.' }, { code: 'V1', nextDueOn: '2027-05-04' }]);
	expect(of('Many of appointment')).toMatchObject([{ code: 'A1', startsAt: '2026-11-30T09:30:00.000Z', status: 'booked' }]);
	expect(of('Many of quote')).toMatchObject([{ code: 'P1', amountCents: 59900, status: 'open' }]);
});

it('keeps consents in an unbroken ledger, and what the opposition register says', () => {
	expect(of('Record Consent')).toMatchObject([{ outcome: 'recorded', channel: 'sms' }]);
	expect(of('Get Consents')).toMatchObject([{ consents: [{ purpose: 'recall', evidence: 'scan 118', wordingVersion: '2026-01' }] }]);
	expect(of('Verify')).toMatchObject([{ whole: true, broken: [] }]);
	expect(of('Record RPO Check')).toMatchObject([{ status: 'recorded', result: 'listed' }]);
	const numbers = of('Export RPO Numbers').map(({ number }) => number);
	expect(numbers.length).toBeGreaterThan(100);
	expect(numbers).not.toContain('+393339990001');
});

it('finds households and duplicates, makes two one and parts them again', () => {
	const [ada, twin] = [of('Customer')[0].id, of('Twin')[0].id];
	expect((of('Household')[0].members as Array<{ id: number }>).map(({ id }) => id)).toEqual([ada, twin]);
	expect(of('Find Duplicates').map(({ customers }) => (customers as Array<{ id: number }>).map(({ id }) => id))).toContainEqual([ada, twin]);
	expect([of('Merged').length, of('Parted').length]).toEqual([1, 2]);
	expect(of('Contact History').map(({ type }) => type)).toEqual(expect.arrayContaining(['merge', 'mergeUndone', 'consent']));
});

it('hands out all data of a person, and says what retention would erase', () => {
	expect(of('Export Data')).toMatchObject([{ sections: { customer: [{ lastName: 'Provadini' }], equipment: [{ code: 'B1' }], rpoChecks: [{ result: 'listed' }] } }]);
	expect(of('Preview Retention')).toMatchObject([{ erased: false, before: { customers: '2016-11-22' }, previewCode: expect.any(String) }]);
	const [{ customers, fields, toMend }] = of('Data Quality') as Array<{ customers: number; fields: Array<{ valid: number; invalid: number; missing: number }>; toMend: object }>;
	expect(customers).toBeGreaterThan(1000);
	for (const { valid, invalid, missing } of fields) expect(valid + invalid + missing).toBe(customers);
	expect(toMend).toMatchObject({ rows: { length: 5 } });
});

it('erases for good, and restores a backup while n8n runs', () => {
	expect(of('Check Backup')).toMatchObject([{ usable: true, shops: [{ code: 'belvedere' }] }]);
	expect(of('Erase')).toMatchObject([{ complete: true }]);
	expect(of('Left')).toMatchObject([{ code: 'T2' }]);
	expect(of('Preview Restore')).toMatchObject([{ restored: false, loss: { customers: 0, messagesSent: 0 } }]);
	expect(of('Restore')).toMatchObject([{ restored: true, kept: { bytes: expect.any(Number) } }]);
	// Who was erased since the backup stays erased.
	expect(of('Back Again').map(({ code }) => code)).toEqual(['T2']);
});

it('shows in the editor what the headings of the input were taken for, to be corrected', async () => {
	const flow = new CrmWorkflow('Columns');
	flow.add('Rows', 'n8n-nodes-base.set', { mode: 'raw', jsonOutput: '{"Cognome":"Rossi","Vorname":"Anna","Mail":"anna@posta.example"}' });
	flow.crm('Import', 'customer', 'import', { source: 'items' });
	const file = path.join(demo.server().filesFolder, 'columns.json');
	flow.save(file);
	const id = await demo.client().saveWorkflow(file, demo.shop.credentials);
	const browser = await startBrowser();
	try {
		const page = await openEditor(browser, demo.server().baseUrl, OWNER, id, { width: 1500, height: 1300 });
		await page.locator('.vue-flow__node[data-id="2"]').dblclick({ position: { x: 40, y: 40 } });
		await page.getByText('Execute previous nodes').click();
		await page.getByText('anna@posta.example').waitFor();
		await page.locator('[data-test-id="parameter-input-mapping"]').first().click();
		await page.getByText('Chosen Field by Field').last().click();
		const field = (name: string) => page.locator(`[data-test-id*="${name}"] input`);
		await field('lastName').waitFor();
		expect([await field('lastName').inputValue(), await field('email').inputValue(), await field('firstName').count()]).toEqual(['Cognome', 'Mail', 0]);
		mkdirSync(path.join('test', 'artefacts'), { recursive: true });
		await page.screenshot({ path: path.join('test', 'artefacts', 'columns.png') });
	} finally {
		await browser.close();
	}
}, 150_000);

it('the bundled workflow reports the quality of the data and lists whom to mend', async () => {
	const run = await demo.client().waitForExecution(await demo.client().run(demo.shop.workflows['01-data-quality.json'], 'Every Monday'));
	requireSuccess(run);
	expect(itemsOf(run, 'To the Lead')).toEqual([{ subject: `Data quality of belvedere, ${TODAY}`, text: expect.stringMatching(/^\d+ customers on 2026-11-22\.\n\d+ of them.*\n\d+ single values.*\n\n.*:\n(.+: \d+\n?){5,}$/) }]);
	const rows = itemsOf(run, 'Rows to Mend');
	expect(rows).toHaveLength(100);
	expect(rows.every(({ name, toMend }) => String(name).length > 1 && String(toMend).length > 2)).toBe(true);
});
