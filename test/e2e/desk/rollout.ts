import type { Page } from 'playwright-core';
import { holdCampaigns, campaignHolds } from '../../../lib/store/rollout/holds';
import { rolloutStanding } from '../../../lib/store/rollout/standing';
import { fitsAnyWidth, keepPictures, type DeskVisit } from './visit';

/** The rollout, as the lead decides on it. */
export function rolloutFlows(desk: DeskVisit): void {
	describe('the rollout', () => {
		let page: Page;
		const held = async () => (await rolloutStanding(desk.store)).holds;
		beforeAll(async () => {
			await holdCampaigns(desk.store, [{ campaign: 'recall.vision', channel: 'email', reason: 'BRAKE_OPTOUTS', figures: { bad: 6, of: 60, threshold: 0.02 } }], new Date().toISOString());
			page = await desk.open('?view=rollout');
		}, 60_000);
		afterAll(async () => await page?.context().close());

		it('shows the step, its history and what is held, at every width', async () => {
			expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Avvio a fasi');
			expect(await page.getByText('Finora 6 su 60').count()).toBe(1);
			expect(await page.locator('[aria-current="step"]').innerText()).toContain('Offerte');
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'rollout');
		});

		it('lets a campaign go on with a note, and keeps who did', async () => {
			await page.getByText('Falla ripartire…').click();
			await page.getByLabel('Che cosa avete cambiato?').fill('Testo più breve');
			await page.getByRole('button', { name: 'Falla ripartire', exact: true }).click();
			await page.getByText('La campagna riparte').waitFor();
			expect(await held()).toEqual([]);
			expect(await campaignHolds(desk.store, '')).toMatchObject([{ resumedBy: 'chiara', note: 'Testo più breve' }]);
		});

		it('falls back a step with a note, and says what is missing before it opens again', async () => {
			await page.getByText('Torna alla fase «Richiami»…').click();
			await page.getByLabel('Perché si torna indietro?').fill('Prima i richiami');
			await page.getByRole('button', { name: 'Torna alla fase «Richiami»', exact: true }).click();
			await page.getByText('Tornati alla fase precedente').waitFor();
			expect((await rolloutStanding(desk.store)).step).toBe('recall');
			expect(await page.getByText('La fase non si può ancora aprire').count()).toBe(1);
			expect(await page.getByText('«Prima i richiami»').count()).toBe(1);
			await keepPictures(page, 'rollout-not-ready');
		});
	});
}
