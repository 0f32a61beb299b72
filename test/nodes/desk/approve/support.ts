import type { CrmItem } from '../../../../lib/domain/item';
import { saveShop } from '../../../../lib/store/shops';
import { messageHistory } from '../../../../lib/store/messageHistory';
import { messageDetail, messageStates, type ReviewMessageDetail } from '../../../../lib/store/review';
import { elementsOf } from '../../../lib/web/markup';
import { ConsentCheck } from '../../../../nodes/ConsentCheck/ConsentCheck.node';
import { runNode } from '../../../support/runNode';
import { setClock } from '../../support/clock';
import { items, NOW, openShop, type TestShop } from '../../support/shop';
import { PASSWORD, Visitor } from '../../support/visitor';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD, role: 'lead' }, { name: 'marco', password: `${PASSWORD}-2` }] } };
export const BOTH = [{ kind: 'email', value: 'giulia@posta.example' }, { kind: 'phone', value: '+393331234567', line: 'mobile' }] as const;
export const YES = (channel: 'email' | 'sms') => ({ channel, purpose: 'marketing', status: 'granted', capturedOn: '2023-02-03' }) as const;

export let shop: TestShop;
/** Each test of a file has a shop of its own, which may send SMS too. */
export function eachInItsOwnShop(): void {
	// Whole ways through the nodes, on a machine that may be busy.
	jest.setTimeout(30_000);
	beforeEach(async () => {
		shop = await openShop();
		await saveShop(shop.store.db, 'main', { smsAlias: 'OtticaProva' }, NOW);
	});
	afterEach(async () => await shop.close());
}

export async function staff(parameters: Record<string, unknown> = {}, name = 'chiara'): Promise<Visitor> {
	const run = { credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS }, parameters: parameters as never };
	const browser = new Visitor(run);
	await browser.logIn(name, name === 'chiara' ? PASSWORD : `${PASSWORD}-2`);
	await browser.get('?view=approve');
	tokens.set(browser, browser.csrf);
	return browser;
}

/** Decides with the session's token, also after a page that has none. */
const tokens = new WeakMap<Visitor, string>();
export const act = async (browser: Visitor, action: string, fields: Record<string, string> = {}) => await browser.decide(action, { csrf: tokens.get(browser) as string, ...fields });

export async function waiting(count = 1, changes = {}, channels = ['email']): Promise<CrmItem[]> {
	await shop.customers(count, changes);
	const checked = await runNode(ConsentCheck, { credentials: shop.credentials, items: await shop.due(), parameters: { channels } });
	return await shop.queued(await shop.written(items(checked[0])));
}

export const idOf = ({ message }: CrmItem) => message?.id as number;
export const detail = async (item: CrmItem) => (await messageDetail(shop.store, idOf(item))) as ReviewMessageDetail;
export const stateOf = async (item: CrmItem) => (await messageStates(shop.store, [idOf(item)])).get(idOf(item));
export const seen = async (item: CrmItem) => `${idOf(item)}:${(await detail(item)).contentHash}`;
export const later = (seconds: number) => setClock(new Date(Date.parse(NOW) + seconds * 1000).toISOString());
export const lastOf = async (item: CrmItem) => (await messageHistory(shop.store.db, shop.store.shop.id, idOf(item))).at(-1);
export const shownNames = ({ reply }: Visitor) => elementsOf(reply.body).filter(({ name, attributes }) => name === 'h3' && attributes.id?.startsWith('n')).map(({ text }) => text);
export const flashOf = ({ reply }: Visitor) => new URLSearchParams(reply.headers.Location.split('#')[0]);
