import type { Page } from 'playwright-core';
import { plusMonths } from '../../../lib/domain/time';
import { demoWorkflow } from '../../../demo/setup/demoWorkflow';
import { openGoals } from '../../../lib/store/report/goals';
import { insertRows, rowOf } from '../../lib/store/report/rows';
import { axeProblems, fitsAnyWidth, keepPictures, type DeskVisit } from './visit';

/** What the campaigns bring, as the lead reads it and sets goals. */
export function resultsFlows(desk: DeskVisit): void {
	describe('the results', () => {
		let page: Page;
		beforeAll(async () => {
			const { store } = desk;
			const people = await store.db.selectFrom('customers').select('id').where('erased_at', 'is', null).where('merged_into', 'is', null).orderBy('id').execute();
			const last = Number((await store.db.selectFrom('occasions').select(({ fn }) => fn.max('id').as('last')).executeTakeFirstOrThrow()).last);
			const assigned = people.map(({ id }, index) => ({ id: last + 1 + index, customerId: id, group: index % 5 === 4 ? 'holdout' : 'contact', returns: index % 3 === 0 }));
			await insertRows(store, 'occasions', assigned.map(({ id, customerId }) => ({ id, shop_id: store.shop.id, customer_id: customerId, kind: 'recall.dormant', due_on: '2026-06-01', stage: 9, state: 'settled', outcome: 'blocked', reason: 'CONSENT_MISSING', claims: 1, created_at: '2026-06-01T08:00:00.000Z' })));
			await insertRows(store, 'campaign_assignments', assigned.map(({ id, customerId, group }) => ({ occasion_id: id, shop_id: store.shop.id, customer_id: customerId, campaign: 'recall.dormant', grp: group, assigned_on: '2026-06-01', assigned_at: '2026-06-01T08:00:00.000Z' })));
			await insertRows(store, 'exams', assigned.filter(({ returns }) => returns).map(({ customerId }) => rowOf.exam(store, customerId, '2026-06-15')));
			// Two years of sales, so that each month has something to compare with.
			await insertRows(store, 'equipment', assigned.flatMap(({ customerId }, index) => [0, 1, 2, 3].map((sale) => {
				const day = plusMonths('2024-11-10', (index * 5 + sale * 6) % 24);
				return rowOf.sale(store, customerId, { ordered_on: day, delivered_on: day, amount_cents: 15_000 + ((index * 7 + sale) % 9) * 3000 });
			})));
			page = await desk.open('?view=results');
		}, 60_000);
		afterAll(async () => await page?.context().close());

		it('show figures, charts and a verdict at every width, to everybody', async () => {
			expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Risultati');
			expect(await page.getByRole('heading', { name: 'Non si vede da tempo' }).count()).toBe(1);
			// An image that the policy of the page forbids has no size.
			expect(await page.locator('img.chart').evaluateAll((images) => (images as HTMLImageElement[]).map(({ complete, naturalWidth }) => complete && naturalWidth > 300))).toEqual([true, true, true, true]);
			for (const table of await page.getByText('Le stesse cifre in tabella').all()) await table.click();
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'results');
			expect(await axeProblems(page)).toEqual([]);
		});

		it('and the health of the system at every width', async () => {
			const health = await desk.open('?view=health');
			expect(await health.getByRole('heading', { level: 1 }).innerText()).toBe('Salute del sistema');
			expect(await health.getByRole('status').innerText()).toMatch(/Tutto a posto|Da guardare|Serve qualcuno adesso/);
			expect(await fitsAnyWidth(health)).toBe(true);
			await keepPictures(health, 'health');
			expect(await axeProblems(health)).toEqual([]);
			await health.context().close();
		});

		it('let the lead set a goal, in the dark too, which is kept as it was typed where it cannot be, and end it', async () => {
			await page.getByLabel('Per quali clienti?').selectOption({ label: 'Persi' });
			await page.getByLabel('Quanti su 100?').fill('0');
			await page.getByRole('button', { name: 'Salva l’obiettivo' }).click();
			await page.getByText('L’obiettivo non è stato salvato').waitFor();
			expect(await page.getByLabel('Per quali clienti?').inputValue()).toBe('lapsed');
			await page.getByLabel('Quanti su 100?').fill('25');
			await page.getByRole('button', { name: 'Salva l’obiettivo' }).click();
			await page.getByText('Obiettivo salvato').waitFor();
			expect(await openGoals(desk.store)).toMatchObject([{ segment: 'lapsed', target: 250, setBy: 'chiara' }]);
			await page.emulateMedia({ colorScheme: 'dark' });
			await keepPictures(page, 'results-goal');
			expect(await axeProblems(page)).toEqual([]);
			await page.getByText('Togli l’obiettivo…').click();
			await page.getByRole('button', { name: /Togli l’obiettivo/ }).click();
			await page.getByText('Obiettivo tolto').waitFor();
			expect(await openGoals(desk.store)).toEqual([]);
		});

		it('reach the lead by the monthly workflow, as a mail with the page', async () => {
			const { demo } = desk;
			const client = demo.client();
			const { host, port, user, password } = demo.mailbox;
			const smtp = await client.saveCredential({ name: 'Mail of n8n', type: 'smtp', data: { host, port, user, password, secure: false, disableStartTls: true, hostName: '' } });
			const file = await demoWorkflow(demo.shop.context.folder, '90-monthly-report.json', ({ name, parameters }) => {
				if (name === 'The Whole Report') Object.assign(parameters, { mailTo: 'titolare@ottica.example', deskUrl: desk.address });
			});
			const workflow = await client.saveWorkflow(file, { ...demo.shop.credentials, smtp: { id: smtp, name: 'Mail of n8n' } });
			const { status } = await client.waitForExecution(await client.run(workflow, 'First of the Month'));
			expect(status).toBe('success');
			const mail = demo.mailbox.mails().find(({ to }) => to.includes('titolare@ottica.example'));
			expect(mail?.subject).toContain('i risultati fino a ottobre 2026');
			expect(mail?.text).toContain(`${desk.address}?view=results`);
		});
	});
}
