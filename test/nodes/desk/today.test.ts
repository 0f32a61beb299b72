import { openAlert } from '../../../lib/store/alerts';
import { receiveEvents } from '../../../nodes/shared/receiveEvents';
import { approved, HOME } from '../../support/approved';
import { countStatements } from '../../support/store';
import { NOW, openShop, type TestShop } from '../support/shop';
import { press, staff, textOf } from './support';

jest.setTimeout(60_000);

let shop: TestShop;
beforeEach(async () => void (shop = await openShop()));
afterEach(async () => await shop.close());

const phone = (serial: number) => ({ contactPoints: [{ kind: 'phone' as const, value: `+39333${String(serial).padStart(7, '0')}`, line: 'mobile' as const }] });

it('shows what waits in the order in which it matters, with the time and the limit of the day', async () => {
	await shop.customers(2);
	await shop.queued();
	await approved(shop.store, 'call', [phone(1), phone(2), phone(3)], NOW);
	await approved(shop.store, 'letter', [{ contactPoints: [{ kind: 'address', value: JSON.stringify(HOME) }] }], NOW);
	await receiveEvents(shop.store, [{ kind: 'reply', channel: 'sms', eventId: '1', from: '+393459999999', text: 'non vedo bene', at: NOW }], NOW);
	const visitor = await staff(shop, 'chiara', { callsPerDay: 2, callMinutes: 10 });
	const text = textOf(await visitor.get());
	const parts = ['1 cliente aspetta una risposta', '2 telefonate da fare oggi', '1 passa a domani', 'circa 20 minuti', '2 messaggi aspettano il tuo sì', '1 lettera da stampare'];
	const places = parts.map((part) => text.indexOf(part));
	expect(places).not.toContain(-1);
	expect(places).toEqual([...places].sort((one, other) => one - other));
});

it('tells of an alert until somebody has seen it, and says who', async () => {
	await openAlert(shop.store, { kind: 'circuit', subject: 'posta', code: 'SMTP_535' }, NOW);
	const visitor = await staff(shop);
	expect(textOf(visitor.reply)).toContain('L’invio tramite posta non funziona');
	expect((await press(visitor, 'alertSeen', { alert: '1' })).headers.Location).toBe('?done=alertSeen&n=1');
	const seen = await visitor.get();
	expect(textOf(seen)).toContain('Visto da chiara');
	expect(seen.body).not.toContain('value="alertSeen"');
	expect((await press(visitor, 'alertSeen', { alert: '1' })).headers.Location).toContain('left=1');
});

it('tells of a workflow that failed, and of nothing more once it was seen', async () => {
	await openAlert(shop.store, { kind: 'workflow', subject: '22 Contact lenses > Personalize Message', code: 'EXECUTION_231' }, NOW);
	const visitor = await staff(shop);
	expect(textOf(visitor.reply)).toMatch(/Il flusso 22 Contact lenses > Personalize Message si è fermato per un erroreIl 22 nov 2026/);
	expect(textOf(visitor.reply)).not.toContain('dura ancora');
	await press(visitor, 'alertSeen', { alert: '1' });
	expect((await visitor.get()).body).not.toContain('Contact lenses');
});

it('takes as many statements for many as for few', async () => {
	const visitor = await staff(shop);
	const few = await countStatements(async () => void (await visitor.get()));
	await approved(shop.store, 'call', Array.from({ length: 40 }, (_, serial) => phone(serial)), NOW);
	const many = await countStatements(async () => void (await visitor.get()));
	expect(many).toBe(few);
	expect(many).toBeLessThanOrEqual(14);
});
