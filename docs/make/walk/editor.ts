import type { Locator, Page } from 'playwright-core';
import type { N8nOwner } from '../../../demo/setup/n8nEnvironment';

/** What a person does in n8n's editor, by the names that are on the screen. */
export class Editor {
	constructor(
		readonly page: Page,
		private readonly baseUrl: string,
	) {
		page.setDefaultTimeout(120_000);
	}

	part(testId: string): Locator {
		return this.page.locator(`[data-test-id="${testId}"]`);
	}

	async logIn(owner: N8nOwner): Promise<void> {
		await this.page.goto(this.baseUrl);
		await this.page.locator('input[type="email"], input[name="emailOrLdapLoginId"]').first().fill(owner.email);
		await this.page.locator('input[type="password"]').fill(owner.password);
		await this.page.locator('button[type="submit"], [data-test-id="form-submit-button"]').first().click();
		await this.page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	}

	/** Opens the form of a new credential of a type, such as "Optical CRM Store API". */
	async newCredential(type: string): Promise<void> {
		await this.page.goto(`${this.baseUrl}/home/credentials`, { waitUntil: 'domcontentloaded' });
		await this.part('add-resource-credential').first().click();
		await this.part('new-credential-type-select').first().waitFor();
		await this.page.keyboard.type(type);
		await this.part('new-credential-type-select-option').first().click();
		await this.part('new-credential-type-button').click();
		await this.part('credential-save-button').waitFor();
	}

	async fill(parameter: string, value: string): Promise<void> {
		await this.part(`parameter-input-${parameter}`).locator('input').first().fill(value);
	}

	async choose(parameter: string, choice: string): Promise<void> {
		await this.part(`parameter-input-${parameter}`).click();
		await this.page.getByRole('option', { name: choice }).first().click();
	}

	/** Saves the credential and waits for the test's green bar. */
	async saveCredential(): Promise<void> {
		await this.part('credential-save-button').click();
		await this.part('credentials-config-container-test-success').waitFor();
		// Its message lies over the form.
		await this.page.locator('.el-notification__closeBtn').first().click().catch(() => undefined);
		await this.settle();
	}

	async emptyCanvas(): Promise<void> {
		await this.page.goto(`${this.baseUrl}/workflow/new`, { waitUntil: 'domcontentloaded' });
		await this.part('canvas-add-button').first().waitFor();
		await this.settle();
	}

	/** "Import from file" of the menu, on an empty canvas. @returns the id of the workflow */
	async importFile(file: string): Promise<string> {
		await this.emptyCanvas();
		await this.page.locator('input[type=file]').first().setInputFiles(file);
		await this.part('canvas-node').first().waitFor();
		return await this.savedId();
	}

	/** n8n saves by itself; the address then holds the id. */
	async savedId(): Promise<string> {
		await this.settle(3_000);
		await this.page.waitForURL((url) => /^\/workflow\/(?!new)[^/]+$/.test(url.pathname) && !url.search.includes('new=true'));
		return new URL(this.page.url()).pathname.split('/')[2];
	}

	/** Opens the list of nodes by the big plus, or by the one behind an output, counted from 0 over all that lead nowhere yet. */
	async openNodes(output?: number): Promise<void> {
		if (output === undefined) await this.part('canvas-add-button').first().click();
		else await this.part('canvas-handle-plus-wrapper').nth(output).locator('svg, .plus').last().click({ force: true });
		await this.part('node-creator-search-bar').first().waitFor();
		await this.settle();
	}

	async search(words: string): Promise<void> {
		await this.page.keyboard.type(words);
		await this.settle(1_500);
	}

	/** Adds the node that was found; its panel is open then. */
	async add(node: string): Promise<void> {
		await this.part('node-creator-item-name').filter({ hasText: new RegExp(`^\\s*${node}`) }).first().click();
		await this.page.getByRole('button', { name: 'Add to workflow' }).click();
		await this.part('ndv').waitFor();
		await this.settle(1_500);
	}

	async closePanel(): Promise<void> {
		await this.part('ndv-close-button').first().click();
		await this.part('ndv').waitFor({ state: 'hidden' });
		await this.settle();
	}

	/** "Execute workflow", to its good end. */
	async run(): Promise<void> {
		await this.part('execute-workflow-button').first().click();
		await this.page.getByText('Workflow executed successfully').first().waitFor();
		await this.page.locator('.el-notification__closeBtn').first().click().catch(() => undefined);
		// It lies over the picture until it has faded.
		await this.page.locator('.el-notification').first().waitFor({ state: 'hidden' });
		await this.settle(1_500);
	}

	/** For what moves on the screen. */
	async settle(ms = 1_000): Promise<void> {
		await this.page.waitForTimeout(ms);
	}
}
