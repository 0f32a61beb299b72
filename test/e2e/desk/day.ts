import type { Page } from 'playwright-core';
import { refusalSentences } from '../../../lib/messages/compose/footer';
import { receiveEvents } from '../../../nodes/shared/receiveEvents';
import { approved, HOME } from '../../support/approved';
import { axeProblems, fitsAnyWidth, keepPictures, type DeskVisit } from './visit';

const SCRIPT = 'Buongiorno, come si trova con gli occhiali nuovi?';

/** The day's work beside approving: Today, calls, letters, messages of customers. */
export function dayFlows(desk: DeskVisit): void {
	describe('the day', () => {
		let page: Page;
		const sender = () => desk.demo.shop.workflows['82-senders.json'];
		beforeAll(async () => {
			const { store } = desk;
			// The demo's sender gives letters to a provider; this shop prints its own.
			await desk.demo.client().deactivate(sender());
			const now = new Date().toISOString();
			const dueOn = '2026-11-22';
			await approved(store, 'call', [{ firstName: 'Teresa', lastName: 'Prova', contactPoints: [{ kind: 'phone', value: '+393331112223', line: 'mobile' }] }], now, {
				dueOn, message: { text: `${SCRIPT} Qui ${store.shop.name}.\n\n${refusalSentences('call')[0]}`, refusalUrl: undefined, subject: undefined, extra: { call: { questions: [{ id: 'near', question: 'Vede bene da vicino?', answers: ['Sì', 'No'] }] } } },
			});
			await approved(store, 'letter', [{ firstName: 'Ada', lastName: 'Prova', contactPoints: [{ kind: 'address', value: JSON.stringify(HOME) }] }], now, { dueOn, message: { text: `Gentile Ada,\n\nè ora del controllo.\n\n--\n${store.shop.name}, ${store.shop.email ?? ''}\nPer non riceverne più: https://crm.example/x`, refusalUrl: 'https://crm.example/x' } });
			await receiveEvents(store, [{ kind: 'reply', channel: 'sms', eventId: 'e2e-day', from: '+393459998887', text: 'Mi richiamate per favore?', at: now }], now);
			page = await desk.open();
		}, 60_000);
		afterAll(async () => {
			await page?.context().close();
			await desk.demo.client().activate(sender());
		}, 60_000);

		it('shows what waits, at every width', async () => {
			expect(await page.getByRole('main').innerText()).toContain('1 cliente aspetta una risposta');
			for (const [view, name] of [['', 'today'], ['?view=calls', 'calls'], ['?view=letters', 'letters'], ['?view=tickets', 'tickets'], ['?view=ticket&id=1', 'ticket']]) {
				await page.goto(desk.address + view);
				expect([name, await fitsAnyWidth(page)]).toEqual([name, true]);
				await keepPictures(page, name);
				expect([name, await axeProblems(page)]).toEqual([name, []]);
			}
		});

		it('takes a call, keeps the note where the time is missing, and offers the calendar', async () => {
			await page.goto(`${desk.address}?view=calls`);
			const take = page.getByRole('button', { name: 'Prendi la telefonata' });
			// At night the law lets nobody ring.
			if ((await take.count()) === 0) return;
			await take.click();
			expect(await page.getByRole('link', { name: 'Chiama' }).getAttribute('href')).toBe('tel:+393331112223');
			await page.getByLabel('No', { exact: true }).check();
			await page.getByLabel('Nota').fill('preferisce la mattina');
			await page.getByText('Appuntamento…').click();
			await page.getByRole('button', { name: 'Segna l’appuntamento' }).click();
			expect(await page.getByRole('alert').innerText()).toContain('Manca il giorno');
			expect(await page.getByLabel('Nota').inputValue()).toBe('preferisce la mattina');
			await keepPictures(page, 'call');
			expect(await axeProblems(page)).toEqual([]);
			await page.getByLabel('Giorno e ora dell’appuntamento').fill('2099-12-01T10:30');
			await page.getByRole('button', { name: 'Segna l’appuntamento' }).click();
			const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Metti in agenda' }).click()]);
			expect(download.suggestedFilename()).toMatch(/\.ics$/);
		});

		it('prints a batch of letters and posts it', async () => {
			await page.goto(`${desk.address}?view=letters`);
			await page.getByRole('button', { name: 'Prepara' }).click();
			const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Scarica il PDF' }).click()]);
			expect(download.suggestedFilename()).toMatch(/\.pdf$/);
			await page.getByRole('button', { name: 'Le ho stampate' }).click();
			await keepPictures(page, 'batch');
			expect(await axeProblems(page)).toEqual([]);
			await page.getByRole('button', { name: 'Le ho imbucate' }).click();
			expect(await page.getByRole('status').innerText()).toContain('1 lettera risulta inviata');
		});

		it('closes a message with a note', async () => {
			await page.goto(`${desk.address}?view=ticket&id=1`);
			await page.getByText('Chiudi senza rispondere').click();
			await page.getByLabel('Cosa è stato fatto?').fill('richiamata');
			await page.getByRole('button', { name: 'Chiudi', exact: true }).click();
			expect(await page.getByRole('status').innerText()).toContain('Chiuso');
		});
	});
}
