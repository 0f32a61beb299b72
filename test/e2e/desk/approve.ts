import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { axeProblems, fitsAnyWidth, keepPictures, type DeskVisit } from './visit';

/** Approving, as the staff do it. */
export function approveFlows(desk: DeskVisit): void {
	describe('approving', () => {
		let page: Page;
		beforeAll(async () => {
			// The demo sends by e-mail only: a yes that is taken back, and others to follow.
			await until(async () => (await inState(desk, 'pending')) > 5);
			page = await desk.open('?view=approve');
		}, 120_000);
		afterAll(async () => await page?.context().close());

		const first = () => page.locator('article').first();
		const openFirst = async () => {
			await page.goto(`${desk.address}?view=approve`);
			await first().getByRole('link').first().click();
			await page.getByRole('heading', { name: 'Come arriverà' }).waitFor();
		};
		const flash = () => page.getByRole('status');

		it('shows what waits, at every width', async () => {
			expect(await page.locator('article').count()).toBeGreaterThan(0);
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'approve');
		});

		it('finds a customer by name', async () => {
			const name = (await first().getByRole('heading').innerText()).split(' ').at(-1) as string;
			await page.getByText('Cerca e filtra').click();
			await page.getByLabel('Nome del cliente').fill(name.slice(0, 4).toUpperCase());
			await page.getByRole('button', { name: 'Mostra' }).click();
			for (const heading of await page.locator('article h3').allInnerTexts()) expect(heading.toLowerCase()).toContain(name.slice(0, 4).toLowerCase());
			expect(await page.locator('article').count()).toBeGreaterThan(0);
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'approve-search');
			await page.getByRole('link', { name: 'Togli i filtri' }).click();
		});

		it('approves, and takes it back before it leaves', async () => {
			const before = await inState(desk, 'pending');
			await first().getByRole('button', { name: 'Approva' }).click();
			await flash().waitFor();
			expect(await inState(desk, 'pending')).toBe(before - 1);
			await keepPictures(page, 'approve-undo');
			await page.getByRole('button', { name: 'Annulla' }).click();
			await page.getByText('è di nuovo da approvare').waitFor();
			expect(await inState(desk, 'pending')).toBe(before);
			expect(desk.demo.mailbox.mails()).toEqual([]);
		});

		it('shows a text that is typed as it would arrive, without storing it', async () => {
			await openFirst();
			await page.locator('#body').fill('Cara Ada,\n\nun testo <b>di prova</b> con 2,50 diottrie.');
			await page.getByRole('button', { name: 'Guarda come viene' }).click();
			await page.getByRole('heading', { name: 'Come verrebbe' }).waitFor();
			expect(await page.getByText('verrebbe fermato all’invio').count()).toBe(1);
			await page.getByRole('button', { name: 'Mostra l’e-mail impaginata' }).click();
			const mail = page.frameLocator('iframe[name="look"]');
			await mail.getByText('un testo <b>di prova</b>').first().waitFor();
			// What was typed is still there, and nowhere else.
			expect(await page.locator('#body').inputValue()).toContain('di prova');
			expect((await sql`select id from messages where body like '%di prova%'`.execute(desk.store.db)).rows).toEqual([]);
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'approve-look');
		});

		it('tells who it is, and which other channels there are', async () => {
			await openFirst();
			expect(await page.getByRole('heading', { name: 'Chi è' }).count()).toBe(1);
			expect(await axeProblems(page)).toEqual([]);
			await page.getByRole('link', { name: 'Un altro canale…' }).click();
			await page.getByRole('heading', { name: /^Un altro canale per/ }).waitFor();
			expect(await page.locator('.choices > li').count()).toBe(6);
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'approve-channels');
		});

		it('hears what is said of a text, and shows it to the lead', async () => {
			await openFirst();
			await page.getByText('Il testo non va', { exact: true }).click();
			await page.getByLabel('In una parola').fill('troppo finto');
			await page.getByRole('button', { name: 'Segnala' }).click();
			await page.getByText('chi cura i testi lo leggerà').waitFor();
			await page.getByRole('link', { name: 'Testi' }).click();
			await page.getByText('Suona male: troppo finto').waitFor();
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'texts');
		});

		it('works on a slow line, and keeps what was typed when the line breaks', async () => {
			await openFirst();
			const line = await page.context().newCDPSession(page);
			const speed = async (offline: boolean) => await line.send('Network.emulateNetworkConditions', { offline, latency: 400, downloadThroughput: 50_000, uploadThroughput: 10_000 });
			await speed(false);
			const begun = Date.now();
			await page.goto(`${desk.address}?view=approve`);
			// 90 kB at 50 kB/s: the whole page, and nothing that it would wait for besides.
			expect(Date.now() - begun).toBeLessThan(10_000);
			await first().getByRole('link').first().click();
			await page.locator('#body').fill('Un testo scritto in cantina.');
			await speed(true);
			await page.getByRole('button', { name: 'Guarda come viene' }).click();
			await page.waitForURL(/chrome-error/);
			await speed(false);
			await page.reload();
			await page.getByRole('heading', { name: 'Come verrebbe' }).waitFor();
			expect(await page.locator('#body').inputValue()).toContain('Un testo scritto in cantina.');
			await line.detach();
		});

		it('ends a message for who wants none any more', async () => {
			await openFirst();
			const name = await page.getByRole('heading', { level: 1 }).innerText();
			await page.getByText('Questa persona non vuole più messaggi così').click();
			await page.getByLabel('Come e quando l’ha detto?').fill('al banco, oggi');
			await keepPictures(page, 'approve-message');
			await page.getByRole('button', { name: 'Registra e non inviare' }).click();
			await page.getByText('a questa persona non si scrive più').waitFor();
			expect(await page.getByRole('heading', { name }).count()).toBe(0);
			const { rows } = await sql<{ operator: string }>`select operator from consents where method = 'told-staff'`.execute(desk.store.db);
			expect(rows).toHaveLength(1);
		});

		it('approves all that match after a sample was read, and each leaves once', async () => {
			await page.goto(`${desk.address}?view=sample`);
			expect(await page.locator('article').count()).toBeGreaterThan(0);
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'approve-sample');
			await page.getByRole('button', { name: /^Sì, approva/ }).click();
			// The browser itself asks for the tick.
			expect(await inState(desk, 'approved')).toBe(0);
			const waiting = await inState(desk, 'pending');
			await page.getByLabel('Ho letto questi testi: vanno bene.').check();
			await page.getByRole('button', { name: /^Sì, approva/ }).click();
			await flash().waitFor();
			expect(await inState(desk, 'pending')).toBe(0);
			await until(async () => desk.demo.mailbox.mails().length >= waiting);
			const recipients = desk.demo.mailbox.mails().map(({ envelope }) => envelope.to[0]);
			expect([recipients.length, new Set(recipients).size]).toEqual([waiting, waiting]);
		}, 120_000);
	});
}

async function inState({ store }: DeskVisit, state: string): Promise<number> {
	return (await sql<{ total: number }>`select count(*) as total from messages where state = ${state}`.execute(store.db)).rows[0].total;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
	const deadline = Date.now() + 90_000;
	while (!(await holds())) {
		if (Date.now() > deadline) throw new Error('Waited in vain.');
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
}
