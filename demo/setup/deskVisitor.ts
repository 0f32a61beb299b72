import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { STAFF } from './shopContext';

/** A message as a form of the Desk names it: id and hash of the text that was shown. */
export type Shown = string;

/** Somebody of the staff at the Desk, without a browser: reads the page and posts its forms. */
export class DeskVisitor {
	private cookie = '';
	private readonly http: AxiosInstance;

	private constructor(private readonly address: string) {
		this.http = axios.create({ maxRedirects: 0, validateStatus: () => true, headers: { Origin: new URL(address).origin } });
	}

	/** @throws when the Desk does not let the demo's account in */
	static async logIn(address: string): Promise<DeskVisitor> {
		const visitor = new DeskVisitor(address);
		const { status, headers } = await visitor.post({ action: 'login', user: STAFF.name, password: STAFF.password, back: '?' });
		if (status !== 303) throw new Error(`The Desk answered ${status} to the login.`);
		visitor.cookie = String(headers['set-cookie']?.[0]).split(';')[0];
		return visitor;
	}

	/** The messages that wait for a yes, one page of them, from 1. */
	async shown(page = 1): Promise<Shown[]> {
		return [...(await this.page(`?view=approve&page=${page}`)).matchAll(/name="shown" value="([^"]+)"/g)].map(([, value]) => value);
	}

	/** Posts one of the Desk's forms with the token of the session, whatever the Desk thinks of it. */
	async tryToAct(fields: Record<string, string | string[]>): Promise<AxiosResponse> {
		const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(await this.page('?')) ?? [];
		return await this.post({ csrf, back: '?', ...fields });
	}

	/** Posts one of the Desk's forms. @returns the address that it leads to */
	async act(fields: Record<string, string | string[]>): Promise<string> {
		const { status, headers } = await this.tryToAct(fields);
		if (status !== 303) throw new Error(`The Desk answered ${status} to "${String(fields.action)}".`);
		return String(headers.location);
	}

	/** Says yes to whatever waits, page by page. */
	async approveAll(): Promise<void> {
		for (let shown = await this.shown(); shown.length > 0; shown = await this.shown()) await this.act({ action: 'approveShown', shown });
	}

	/** The HTML of a view, such as `?view=message&id=7`. */
	async page(query: string): Promise<string> {
		const { data } = await this.http.get<string>(this.address + query, { headers: { Cookie: this.cookie } });
		return data;
	}

	private async post(fields: Record<string, string | string[]>): Promise<AxiosResponse> {
		const form = new URLSearchParams(Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])));
		return await this.http.post(this.address, form.toString(), { headers: { Cookie: this.cookie, 'Content-Type': 'application/x-www-form-urlencoded' } });
	}
}
