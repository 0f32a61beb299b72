import type { WebhookReply } from '../../support/runNode';
import { elementsOf } from '../../lib/web/markup';
import type { TestShop } from '../support/shop';
import { PASSWORD, Visitor } from '../support/visitor';

const ACCOUNTS = { accounts: { account: [{ name: 'chiara', password: PASSWORD }, { name: 'marco', password: PASSWORD }] } };

/** Somebody of the shop's staff who has logged in at the Desk. */
export async function staff(shop: TestShop, name = 'chiara', settings: object = {}): Promise<Visitor> {
	const visitor = new Visitor({ parameters: { settings: settings as Record<string, number> }, credentials: { ...shop.credentials, opticalCrmDeskApi: ACCOUNTS } });
	await visitor.logIn(name);
	await visitor.get();
	return visitor;
}

/** Posts a form as the page on show would. */
export async function press(visitor: Visitor, action: string, fields: Record<string, string> = {}, back = '?'): Promise<WebhookReply> {
	// After a redirect nothing is on show yet.
	if (visitor.csrf === '') await visitor.get();
	return await visitor.post({ csrf: visitor.csrf, back, action, ...fields });
}

/** What a page says. */
export function textOf({ body }: WebhookReply): string {
	return elementsOf(String(body)).find(({ name }) => name === 'main')?.text.replace(/\s+/g, ' ') ?? '';
}
