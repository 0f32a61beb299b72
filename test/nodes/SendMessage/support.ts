import { SendMessage } from '../../../nodes/SendMessage/SendMessage.node';
import type { CrmItem, ItemMessage } from '../../../lib/domain/item';
import { messageStates } from '../../../lib/store/review';
import { runNode, type NodeRun } from '../../support/runNode';
import { openMailbox, type TestMailbox } from '../support/mail';
import { items, openShop, type TestShop } from '../support/shop';

export let shop: TestShop;
export let mailbox: TestMailbox;
/** Each test of a file has a shop and a mail server of its own. */
export function eachInItsOwnShop(): void {
	beforeEach(async () => {
		shop = await openShop();
		mailbox = await openMailbox();
	});
	afterEach(async () => {
		await mailbox.end();
		await shop.close();
	});
}

/** Runs the node with the shop's credentials. */
export const send = async (run: NodeRun = {}) => {
	const credentials = { ...shop.credentials, opticalSmtpApi: mailbox.credential, ...run.credentials };
	return await runNode(SendMessage, { ...run, credentials });
};
/** Birthday messages that the policy has approved, each for a customer of its own. */
export const approved = async (count = 1) => {
	await shop.customers(count);
	return await shop.queued(undefined, 'policy');
};
export const idOf = ({ message }: CrmItem) => message?.id as number;
export const stateOf = async (item: CrmItem) => (await messageStates(shop.store, [idOf(item)])).get(idOf(item));
/** State and reason of each item, by output. */
export const told = (outputs: Awaited<ReturnType<typeof send>>) => outputs.map((output) => items(output).map(({ message }) => {
	const { state, reason } = message as ItemMessage & { reason?: string };
	return reason === undefined ? state : `${state} ${reason}`;
}));
export const addressOf = async ({ customer }: CrmItem) =>
	(await shop.store.db.selectFrom('contact_points').select('value').where('customer_id', '=', customer.id).executeTakeFirstOrThrow()).value;
