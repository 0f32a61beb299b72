import type { INodeExecutionData } from 'n8n-workflow';
import { StaffDeskTrigger } from '../../../nodes/StaffDeskTrigger/StaffDeskTrigger.node';
import { elementsOf } from '../../lib/web/markup';
import { callWebhook, type NodeRun, type WebhookCall, type WebhookReply } from '../../support/runNode';

export const PASSWORD = 'ottica-di-prova';

// A login costs a hash that is slow by design.
jest.setTimeout(30_000);

/** A browser at the Desk: keeps the cookie, and posts the forms that it sees. */
export class Visitor {
	cookie = '';
	/** What the last answer was. */
	reply!: WebhookReply;

	private readonly run: NodeRun;

	/** What is approved may leave at once, unless the run says otherwise. */
	constructor(run: NodeRun, private readonly ip = '192.0.2.7') {
		this.run = { ...run, parameters: { undoSeconds: 0, ...run.parameters } };
	}

	async send(call: WebhookCall): Promise<WebhookReply> {
		const headers = { ...(this.cookie && { cookie: this.cookie }), ...call.headers };
		this.reply = await callWebhook(StaffDeskTrigger, this.run, { ip: this.ip, ...call, headers });
		const set = this.reply.headers['Set-Cookie'];
		if (set) this.cookie = set.split(';')[0];
		return this.reply;
	}

	async get(query = ''): Promise<WebhookReply> {
		return await this.send({ query });
	}

	async post(form: WebhookCall['form'], headers: Record<string, string> = {}): Promise<WebhookReply> {
		return await this.send({ method: 'POST', form, headers });
	}

	async logIn(user = 'chiara', password = PASSWORD): Promise<WebhookReply> {
		return await this.post({ action: 'login', user, password });
	}

	/** The token that the page on show gives to its forms. */
	get csrf(): string {
		return this.field('csrf');
	}

	/** The value of a field on the page on show. */
	field(wanted: string): string {
		return elementsOf(this.reply.body).find(({ attributes: { name } }) => name === wanted)?.attributes.value ?? '';
	}

	/** Decides on a message that Today shows; the first unless told. */
	async decide(action: string, fields: Record<string, string | string[]> = {}): Promise<INodeExecutionData[]> {
		return (await this.post({ csrf: this.csrf, message: this.field('pick') || this.field('message'), action, ...fields })).items;
	}
}
