import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTCOME_BUTTONS } from '../../../lib/desk/calls/action';
import { LIST_PAGES, THING_PAGES } from '../../../lib/desk/view';
import type { StoreSettings } from '../../../lib/store/open';
import { NOW } from '../../lib/store/shopsApart/fill';
import { Shops, type Whose } from '../../lib/store/shopsApart/world';
import { setClock } from '../support/clock';
import { PASSWORD, Visitor } from '../support/visitor';

const DESK = join(__dirname, '../../../lib/desk');
/** Every word in the readers of forms that may name an action, and the buttons that end a call. */
const ACTIONS = [...new Set([...readdirSync(DESK, { recursive: true, encoding: 'utf8' }).filter((file) => /ction\w*\.ts$/.test(file))
	.flatMap((file) => [...readFileSync(join(DESK, file), 'utf8').matchAll(/'([a-z][A-Za-z]{3,})'/g)].map(([, name]) => name)), ...Object.keys(OUTCOME_BUTTONS)])].filter((name) => !/^log/i.test(name));

let shops: Shops;
beforeAll(async () => {
	setClock(NOW);
	shops = await Shops.open({ people: 6, turn: 1 });
}, 120_000);
afterAll(async () => {
	jest.useRealTimers();
	await shops.close();
});

const lead = async (store: StoreSettings) => {
	const visitor = new Visitor({ credentials: { opticalCrmStoreApi: store, opticalCrmDeskApi: { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }] } } as never } });
	await visitor.logIn();
	await visitor.get();
	return visitor;
};
/** A page without what each visit has its own of. */
const shown = (body: string) => String(body).replace(/name="(csrf|claim)" value="[^"]*"/g, '').replace(/nonce-[\w+/=-]+|nonce="[^"]*"/g, '').replace(/[0-9a-f]{32,}/g, '')
	// Charts number their styles anew each time; their figures stand in the tables beside them.
	.replace(/data:image\/svg\+xml;base64,[\w+/=]+/g, '')
	// How large the whole file is, is no shop's secret.
	.replace(/\d+ MB/g, '');
const idsOf = (whose: Whose) => [...new Set((['messages', 'customers', 'letter_batches', 'tickets', 'occasions'] as const).flatMap((table) => shops.filled(table, whose).slice(0, 4).map(({ id }) => id)))];

it('shows nothing of another shop, whatever page and id an address asks for', async () => {
	const [here, alone] = [await lead(shops.credential), await lead(shops.credentialAlone)];
	const addresses = [
		...LIST_PAGES.flatMap((view) => [`?view=${view}`, `?view=${view}&q=rossi`, `?view=${view}&q=%2B39333123450`]),
		...THING_PAGES.flatMap((view) => idsOf('foreign').map((id) => `?view=${view}&id=${id}`)),
	];
	for (const address of addresses) {
		const [ours, theirs] = [await here.get(address), await alone.get(address)];
		expect({ address, status: ours.status, body: shown(ours.body) }).toEqual({ address, status: theirs.status, body: shown(theirs.body) });
	}
}, 120_000);

it('changes nothing of another shop, whatever form is posted with its ids', async () => {
	expect(ACTIONS).toEqual(expect.arrayContaining(['approve', 'reject', 'eraseCustomer', 'answerTicket', 'batchPosted', 'takeCall', 'callReached', 'putOff', 'endGoal']));
	const before = await shops.now();
	await postAll('foreign');
	expect((await shops.now()).others).toEqual(before.others);
	// The same forms with the shop's own ids do a lot.
	await postAll('own');
	const { own, others } = await shops.now();
	expect(others).toEqual(before.others);
	const unchanged = ['messages', 'tickets', 'customers', 'letter_batches', 'consents', 'alerts', 'desk_accounts', 'call_tries'].filter((table) => JSON.stringify(own[table]) === JSON.stringify(before.own[table]));
	expect(unchanged).toEqual([]);
}, 180_000);

async function postAll(whose: Whose): Promise<void> {
	let visitor = await lead(shops.credential);
	const first = <Item>([item]: Item[]) => item;
	const seen = ({ id, content_hash: hash }: { id: number; content_hash: string }) => `${id}:${hash}`;
	const messages = shops.filled('messages', whose);
	const id = (rows: Array<{ id: number }>) => String(first(rows).id);
	const customers = shops.filled('customers', whose).filter(({ erased_at: erased, merged_into: merged }) => erased === null && merged === null);
	const waiting = messages.filter(({ state }) => state === 'pending');
	const fields = {
		message: seen(first(waiting)), pick: waiting.map(seen), shown: waiting.map(seen), uncertain: id(messages.filter(({ state }) => state === 'uncertain')), customer: id(customers), surname: first(customers).last_name,
		ticket: id(shops.filled('tickets', whose)), case: id(shops.filled('occasions', whose).filter(({ outcome }) => outcome === 'review')), call: id(messages.filter(({ channel, state }) => channel === 'call' && state === 'approved')),
		batch: id(shops.filled('letter_batches', whose).filter(({ printed_at: printed }) => printed !== null)), letter: id(messages.filter(({ channel }) => channel === 'letter')), inBatch: 'yes',
		hold: id(shops.filled('campaign_holds', whose)), goal: id(shops.filled('segment_goals', whose)), account: id(shops.filled('desk_accounts', whose)), alert: id(shops.filled('alerts', whose)), of: id(shops.filled('alerts', whose)), id: id(shops.filled('alerts', whose)), name: 'Marco',
		body: 'Un testo nuovo', subject: 'Oggetto', text: 'Certo!', note: 'nota', reason: 'other', outcome: 'notReached', status: 'granted', channel: 'sms', purpose: 'recall', method: 'paper', day: '2026-11-22', evidence: 'raccoglitore', notice: '2024-01', guardian: '',
		basis: 'request', proof: 'scan', scope: 'all', until: '2026-11-26', about: 'sounds', words: 'male', role: 'lead', at: String(Date.parse(NOW)), read: 'yes', step: 'relational',
	};
	for (const action of ACTIONS) {
		await visitor.get();
		if (visitor.csrf === '') visitor = await lead(shops.credential);
		const { status } = await visitor.post({ csrf: visitor.csrf, back: '?', action, ...fields });
		expect({ action, status: status < 500 }).toEqual({ action, status: true });
	}
}
