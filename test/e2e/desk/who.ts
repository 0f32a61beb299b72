import type { Page } from 'playwright-core';
import { STAFF } from '../../../demo/setup/shopContext';
import { messagesInState } from '../../../lib/store/review';
import { axeProblems, DESKTOP, fitsAnyWidth, keepPictures, logIn, PHONE, type DeskVisit } from './visit';

const OWN = 'tre gatti sul tetto';

/** Accounts, sessions, and the Desk for people who see, hear or point in another way. */
export function whoFlows(desk: DeskVisit): void {
	const elsewhere = async (options: object = {}) => {
		const lead = await desk.open('');
		const context = await (lead.context().browser() as NonNullable<ReturnType<ReturnType<Page['context']>['browser']>>).newContext({ locale: 'it-IT', viewport: PHONE, ...options });
		await lead.context().close();
		return await context.newPage();
	};

	describe('accounts', () => {
		let lead: Page;
		beforeAll(async () => void (lead = await desk.open('?view=accounts')), 60_000);
		afterAll(async () => await lead?.context().close());

		it('are added by the lead; the first login chooses a password, and the language is kept', async () => {
			await lead.getByLabel('Nome utente').fill('Nina');
			await lead.getByRole('button', { name: 'Aggiungi' }).click();
			const password = await lead.locator('.secret').innerText();
			expect(await axeProblems(lead)).toEqual([]);
			await keepPictures(lead, 'accounts');

			const nina = await elsewhere();
			await nina.goto(desk.address);
			await logIn(nina, { name: 'nina', password });
			expect(await nina.getByText('Scegline una tua').count()).toBe(1);
			expect(await axeProblems(nina)).toEqual([]);
			await nina.getByLabel('Password provvisoria').fill(password);
			await nina.getByLabel('Password nuova', { exact: true }).fill(OWN);
			await nina.getByLabel('Password nuova, un’altra volta').fill(OWN);
			await nina.getByRole('button', { name: 'Cambia password' }).click();
			await nina.getByText('Password cambiata').waitFor();
			expect(await fitsAnyWidth(nina)).toBe(true);
			await keepPictures(nina, 'account');
			await nina.getByLabel('In che lingua').selectOption('en');
			await nina.getByRole('button', { name: 'Salva la lingua' }).click();
			await nina.getByRole('heading', { name: 'Your account' }).waitFor();
			expect(await axeProblems(nina)).toEqual([]);

			await lead.goto(`${desk.address}?view=accounts`);
			await lead.getByRole('button', { name: 'Disattiva (Nina)' }).click();
			await lead.getByText('Account aggiornato').waitFor();
			await nina.reload();
			expect(await nina.locator('[name=password]').count()).toBe(1);
			await nina.context().close();
		}, 120_000);

		it('fit every width, and break no rule of WCAG in light and dark', async () => {
			await lead.goto(`${desk.address}?view=accounts`);
			for (const colorScheme of ['light', 'dark'] as const) {
				await lead.emulateMedia({ colorScheme });
				expect(await axeProblems(lead)).toEqual([]);
			}
			expect(await fitsAnyWidth(lead)).toBe(true);
		}, 90_000);
	});

	describe('fit for people', () => {
		it('the login has no fault for axe, light and dark, small and large', async () => {
			for (const options of [{}, { colorScheme: 'dark' }, { viewport: { width: 320, height: 600 } }, { viewport: DESKTOP }]) {
				const page = await elsewhere(options);
				await page.goto(desk.address);
				expect(await axeProblems(page)).toEqual([]);
				await page.context().close();
			}
		}, 120_000);

		it.each(['', '?view=approve', '?view=calls', '?view=letters', '?view=tickets', '?view=texts', '?view=rollout', '?view=account', '?view=nonsense'])('the page %j has no fault for axe, light and dark', async (view) => {
			const page = await desk.open(view, PHONE);
			for (const viewport of [PHONE, DESKTOP]) {
				await page.setViewportSize(viewport);
				for (const colorScheme of ['light', 'dark'] as const) {
					await page.emulateMedia({ colorScheme });
					expect(await axeProblems(page)).toEqual([]);
				}
			}
			await page.context().close();
		}, 90_000);

		it('from the login to a yes with the keyboard alone, and without JavaScript', async () => {
			const page = await elsewhere({ javaScriptEnabled: false });
			await page.goto(`${desk.address}?view=approve`);
			const { total } = await messagesInState(desk.store, 'pending', { today: '2026-11-22', limit: 1, offset: 0 });
			const focused = async () => await page.evaluate(() => `${document.activeElement?.textContent?.trim() ?? ''} ${document.activeElement?.getAttribute('name') ?? ''} ${document.activeElement?.getAttribute('value') ?? ''}`);
			const tabTo = async (wanted: RegExp) => {
				for (let times = 0; times < 60; times++) {
					await page.keyboard.press('Tab');
					if (wanted.test(await focused())) return;
				}
				throw new Error(`The keyboard does not come to ${wanted}.`);
			};
			await tabTo(/ user /);
			await page.keyboard.type(STAFF.name);
			await tabTo(/ password /);
			await page.keyboard.type(STAFF.password);
			await page.keyboard.press('Enter');
			await page.locator('article').first().waitFor();
			await tabTo(/action approve$/);
			// Where the focus is can be seen.
			expect(await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle)).toBe('solid');
			await page.keyboard.press('Enter');
			await page.getByText('approvato').first().waitFor();
			expect((await messagesInState(desk.store, 'pending', { today: '2026-11-22', limit: 1, offset: 0 })).total).toBe(total - 1);
			await page.context().close();
		}, 90_000);

		it('keeps a half-written text when the session has ended meanwhile', async () => {
			const page = await desk.open('?view=approve', PHONE);
			await page.locator('article h3 a').first().click();
			const summary = page.getByText('Modifica il testo').first();
			await summary.click();
			await page.locator('textarea[name=body]').fill('Una riga scritta a mano.\n\nE un’altra.');
			await desk.store.db.deleteFrom('desk_sessions').execute();
			await page.getByRole('button', { name: 'Salva e guarda' }).click();
			await page.getByText('Quello che avevi scritto non è perso').waitFor();
			expect(await axeProblems(page)).toEqual([]);
			await logIn(page);
			expect(await page.locator('textarea').last().inputValue()).toContain('Una riga scritta a mano.');
			expect(await axeProblems(page)).toEqual([]);
			await keepPictures(page, 'go-on');
			await page.getByRole('button', { name: 'Continua' }).click();
			await page.getByText('Testo salvato').waitFor();
			expect(await page.getByText('Una riga scritta a mano.').count()).toBeGreaterThan(0);
			await page.context().close();
		}, 90_000);

		it('shows a page in one small answer, so that a slow line is enough', async () => {
			const page = await desk.open('', PHONE);
			const requests: string[] = [];
			page.on('request', (request) => requests.push(request.url()));
			const answer = await page.goto(`${desk.address}?view=approve`);
			expect((await answer?.body())?.length).toBeLessThan(100_000);
			expect(requests.filter((url) => !url.startsWith('data:'))).toHaveLength(1);
			await page.context().close();
		});
	});
}
