import { messageDetail, messageStates, type ReviewMessageDetail } from '../../../lib/store/review';
import type { CrmItem } from '../../../lib/domain/item';
import type { NodeRun, WebhookReply } from '../../support/runNode';
import { setClock } from '../support/clock';
import { openShop, type TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';

export const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD }, { name: 'marco', password: `${PASSWORD}-2` }] } };

export let shop: TestShop;
/** Each test of a file has a shop of its own. */
export function eachInItsOwnShop(): void {
	beforeEach(async () => void (shop = await openShop()));
	afterEach(async () => await shop.close());
}

export const run = (changes: NodeRun = {}): NodeRun => ({ ...changes, credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS, ...changes.credentials } });
export const visitor = (changes: NodeRun = {}, ip?: string) => new Visitor(run(changes), ip);
/** Somebody who has logged in and looks at what waits. */
export const staff = async (changes: NodeRun = {}, name = 'chiara', password = PASSWORD) => {
	const browser = visitor(changes);
	await browser.logIn(name, password);
	await browser.get('?view=approve');
	return browser;
};
export const waiting = async (count = 1) => {
	await shop.customers(count);
	return await shop.queued();
};
export const idOf = ({ message }: CrmItem) => message?.id as number;
export const detail = async (item: CrmItem) => (await messageDetail(shop.store, idOf(item))) as ReviewMessageDetail;
export const stateOf = async (item: CrmItem) => (await messageStates(shop.store, [idOf(item)])).get(idOf(item));
export const seen = async (item: CrmItem) => `${idOf(item)}:${(await detail(item)).contentHash}`;
export const asksToLogIn = ({ body }: WebhookReply) => body.includes('type="password"');
export const seconds = (count: number) => setClock(new Date(Date.now() + count * 1000).toISOString());
