import type { Page } from 'playwright-core';
import { fitsAnyWidth, keepPictures, type DeskVisit } from './visit';

/** Approving, as the staff do it. */
export function approveFlows(desk: DeskVisit): void {
	describe('approving', () => {
		let page: Page;
		beforeAll(async () => void (page = await desk.open('?view=approve')), 60_000);
		afterAll(async () => await page?.context().close());

		it('shows what waits, at every width', async () => {
			expect(await page.locator('article').count()).toBeGreaterThan(0);
			expect(await fitsAnyWidth(page)).toBe(true);
			await keepPictures(page, 'approve');
		});
	});
}
