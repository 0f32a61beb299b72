import { writeFileSync } from 'node:fs';
import { saveShop } from '../../../lib/store/shops';
import { elementsOf } from '../../lib/web/markup';
import { logged } from '../../support/runNode';
import { NOW } from '../support/shop';
import { PASSWORD } from '../support/visitor';
import { detail, eachInItsOwnShop, idOf, seen, shop, staff, visitor, waiting } from './support';

eachInItsOwnShop();

describe('the reason in the footer', () => {
	it('is the one of the decision, and stays it when the staff edit the text', async () => {
		await saveShop(shop.store.db, 'main', { policy: { birthdayIsMarketing: false } }, NOW);
		const [item] = await waiting();
		expect((await detail(item)).text).toContain('tra i contatti del nostro negozio');
		const browser = await staff();
		await browser.get(`?view=message&id=${idOf(item)}`);
		await browser.decide('save', { message: await seen(item), subject: 'Auguri', body: 'Un altro testo.' });
		const { text, html, legalBasis } = await detail(item);
		expect(legalBasis).toBe('legitimate-interest');
		expect(text).toMatch(/^Un altro testo\./);
		for (const part of [text, html]) expect(part).toContain('tra i contatti del nostro negozio');
		expect(text).not.toContain('acconsentito');
	});
});

describe('the pages', () => {
	it("show a script in a customer's name as text only", async () => {
		const name = '<script>alert(1)</script>';
		await shop.customers(1, { firstName: name, lastName: '"><img src=x onerror=alert(2)>' });
		const [item] = await shop.queued();
		const browser = await staff();
		for (const query of ['?view=approve', `?view=message&id=${idOf(item)}`, `?view=preview&id=${idOf(item)}`]) {
			const { status, body } = await browser.get(query);
			expect(status).toBe(200);
			expect(elementsOf(body).filter((element) => element.name === 'script' || 'onerror' in element.attributes || element.attributes.src === 'x')).toEqual([]);
			expect(body).toContain('&lt;script&gt;');
		}
	});

	it('say that there is no such page or message', async () => {
		const browser = await staff();
		for (const query of ['?view=message&id=4711', '?view=preview&id=4711', '?view=nonsense']) expect((await browser.get(query)).status).toBe(404);
	});

	it('show the rehearsal date to everybody', async () => {
		await shop.store.db.updateTable('shops').set({ rehearsal_date: '2027-01-05' }).execute();
		expect((await staff()).reply.body).toMatch(/5 gennaio 2027/);
	});

	it('show to everybody where messages go in a rehearsal', async () => {
		await shop.store.db.updateTable('shops').set({ rehearsal: '{"email":"prova@ottica.example"}' }).execute();
		expect((await staff()).reply.body).toMatch(/arrivano a prova@ottica\.example e a nessun altro/);
		await shop.store.db.updateTable('shops').set({ rehearsal: '{"sendNothing":true}' }).execute();
		expect((await staff()).reply.body).toMatch(/non parte nessun messaggio/);
	});

	it('say that something went wrong, and nothing of what, where the store cannot be read', async () => {
		const file = `${shop.credentials.opticalCrmStoreApi.file}.other`;
		writeFileSync(file, 'This is no database, but it is long enough to be taken for one by mistake.'.repeat(20));
		const credentials = { opticalCrmStoreApi: { ...shop.credentials.opticalCrmStoreApi, database: 'file', file } };
		logged.length = 0;
		for (const call of [{}, { method: 'POST' as const, form: { action: 'login', user: 'chiara', password: PASSWORD } }]) {
			const reply = await visitor({ credentials }).send(call);
			expect(reply.status).toBe(500);
			expect(reply.items).toEqual([]);
			expect(reply.body).not.toMatch(/store\.db|sqlite|Error|\bat /i);
		}
		expect(logged.join('\n')).toContain('it is no SQLite database');
		expect(logged.join('\n')).toContain('Choose another path');
		expect(logged.join('\n')).not.toContain(PASSWORD);
	});
});
