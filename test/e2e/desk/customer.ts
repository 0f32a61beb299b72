import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { deskLog } from '../../../lib/store/desk/deskLog';
import { getCustomers } from '../../../lib/store/customers/customers';
import { customer, saved } from '../../support/store';
import { axeProblems, fitsAnyWidth, keepPictures, PHONE, type DeskVisit } from './visit';

/** A customer as the staff look her up, ask her, and let her go. */
export function customerFlows(desk: DeskVisit): void {
	describe('a customer', () => {
		let page: Page;
		let id: number;
		beforeAll(async () => {
			[id] = await saved(desk.store, [customer({ code: undefined, firstName: 'Ortensia', lastName: 'D’Àngelo Prova', birthDate: '1971-03-04', contactPoints: [{ kind: 'phone', value: '+393337778889', line: 'mobile' }, { kind: 'email', value: 'ortensia@posta.example' }] })], new Date().toISOString());
			page = await desk.open('?view=customers', PHONE);
		}, 60_000);
		afterAll(async () => await page?.context().close());

		const flash = () => page.getByRole('status');
		const sound = async () => {
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				expect(await axeProblems(page)).toEqual([]);
			}
			await page.emulateMedia({ colorScheme: 'light' });
			expect(await fitsAnyWidth(page)).toBe(true);
		};

		it('is found by name and by number, and by a few letters nobody is listed', async () => {
			expect(await page.getByRole('navigation', { name: 'Pagine del Desk' }).getByRole('link', { name: 'Clienti' }).isVisible()).toBe(true);
			const search = async (text: string) => {
				await page.getByLabel('Chi cerchi?').fill(text);
				await page.getByRole('button', { name: 'Cerca' }).click();
			};
			await search('o');
			await page.getByText('Scrivi almeno 2 lettere').waitFor();
			for (const text of ['ORTEN prova', '333 777 88 89']) {
				await search(text);
				await page.getByText('1 cliente trovato.').waitFor();
			}
			await search('an');
			await page.getByText('clienti trovati').waitFor();
			await sound();
			await keepPictures(page, 'customers');
			await search('d’angelo ort');
			await page.getByRole('heading', { name: 'Ortensia D’Àngelo Prova' }).getByRole('link').click();
			await page.getByRole('heading', { name: 'Consensi' }).waitFor();
			expect(await page.getByRole('link', { name: 'Clienti' }).getAttribute('aria-current')).toBe('page');
		});

		it('says yes with a proof, withdraws it, and is written down; without the proof nothing typed is lost', async () => {
			await page.getByText('Registra cosa ha detto…').click();
			await page.locator('#c-channel').selectOption('sms');
			await page.locator('#c-note').fill('allo sportello');
			await page.locator('#record').getByRole('button', { name: 'Registra' }).click();
			await page.getByText('Per un sì serve la prova').waitFor();
			expect([await page.locator('#c-channel').inputValue(), await page.locator('#c-note').inputValue()]).toEqual(['sms', 'allo sportello']);
			await sound();
			await page.locator('#c-evidence').fill('raccoglitore 7');
			await page.locator('#record').getByRole('button', { name: 'Registra' }).click();
			await flash().getByText('Registrato').waitFor();
			expect(await page.getByText('Prova: raccoglitore 7').count()).toBe(1);
			await keepPictures(page, 'customer');
			await page.setViewportSize(PHONE);
			await page.locator('summary').filter({ hasText: 'SMS' }).click();
			await page.getByRole('button', { name: 'Registra il ritiro' }).first().click();
			await flash().getByText('Registrato').waitFor();
			expect(await page.locator('.people li').filter({ hasText: 'SMS' }).getByText('Ritirato').count()).toBe(1);
			await page.locator('#preferred').selectOption('call');
			await page.getByRole('button', { name: 'Salva' }).click();
			await flash().getByText('Canale preferito salvato').waitFor();
		});

		it('gets her data as a file, and is erased by the lead who types her surname', async () => {
			const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Scarica tutti i suoi dati' }).click()]);
			expect(download.suggestedFilename()).toBe(`customer-${id}.json`);
			expect(JSON.parse(await readFile(await download.path(), 'utf8')).sections.customer).toMatchObject([{ firstName: 'Ortensia' }]);
			await page.getByText('Cancella i suoi dati…').click();
			await page.getByLabel('Per confermare scrivi il cognome').fill('Bianchi');
			await page.getByRole('button', { name: 'Cancella per sempre' }).click();
			await page.getByText('Il cognome non corrisponde').waitFor();
			await page.getByLabel('Per confermare scrivi il cognome').fill('d’angelo PROVA');
			await page.getByRole('button', { name: 'Cancella per sempre' }).click();
			await page.getByRole('heading', { name: 'Dati cancellati' }).waitFor();
			expect(await axeProblems(page)).toEqual([]);
			await keepPictures(page, 'customer-erased');
			expect(await getCustomers(desk.store, [{ id }])).toEqual([undefined]);
			const { entries } = await deskLog(desk.store, { limit: 5, offset: 0 });
			expect(entries.map(({ action, subject }) => `${action} ${subject}`)).toEqual(['customerErased', 'customerExported', 'preferenceChanged', 'consentRefused', 'consentGranted'].map((deed) => `${deed} customer ${id}`));
		});
	});
}
