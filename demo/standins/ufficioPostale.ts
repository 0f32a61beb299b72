import { startHttpStandin, type HttpStandin, type StandinAnswer } from './httpStandin';

/** An order of a letter. It is printed only once it is confirmed. */
export interface PostOrder {
	id: string;
	product: string;
	confirmed: boolean;
	recipient: Record<string, string>;
	sender: Record<string, string>;
	pdf: Buffer;
	/** UTC instant, ISO 8601. */
	at: string;
}

/** A running stand-in for Openapi "Ufficio Postale". It prints nothing. */
export interface PostStandin extends HttpStandin {
	token: string;
	/** Oldest first. */
	orders: readonly PostOrder[];
	/** Answered to the next confirmations instead: an HTTP status. */
	confirmStatus?: number;
	/** The same for new orders. */
	createStatus?: number;
}

const PRODUCTS = ['ordinarie', 'prioritarie', 'posta_4_pro', 'posta_massiva', 'raccomandate', 'raccomandate_smart'];
const failed = (status: number, message: string, error: number): StandinAnswer => ({ status, json: { data: null, success: false, message, error } });

/** @throws if the port is taken */
export async function startPostStandin({ port = 0, token = 'demo-post-token' }: { port?: number; token?: string } = {}): Promise<PostStandin> {
	const orders: PostOrder[] = [];
	const shown = ({ id, confirmed }: PostOrder) => ({ id, confirmed, state: confirmed ? 'CONFIRMED' : 'NEW', creation_timestamp: 1_795_000_000 });
	const standin: PostStandin = {
		...(await startHttpStandin(({ method, path, headers, body }) => {
			if (headers.authorization !== `Bearer ${token}`) return failed(401, 'Wrong Token', 206);
			if (path === '/pricing/') return { status: 200, json: { data: [], success: true, message: '', error: null } };
			const [, product, id] = path.split('/');
			if (!PRODUCTS.includes(product)) return failed(404, 'Not found', 404);
			if (method === 'POST') {
				if (standin.createStatus) return failed(standin.createStatus, 'Error', 500);
				const { mittente, destinatari, documento, opzioni } = JSON.parse(body) as { mittente: Record<string, string>; destinatari: Array<Record<string, string>>; documento: string[]; opzioni: { autoconfirm: boolean } };
				const [recipient] = destinatari;
				if (!/^\d{5}$/.test(recipient.cap ?? '') && recipient.nazione === 'IT') return failed(422, 'Indirizzo non valido', 12180);
				const order = { id: `5fd8bfeaa10b340e2e55${String(orders.length).padStart(4, '0')}`, product, confirmed: opzioni.autoconfirm, recipient, sender: mittente, pdf: Buffer.from(documento[0].split(',')[1], 'base64'), at: new Date().toISOString() };
				orders.push(order);
				return { status: 200, json: { data: [shown(order)], success: true, message: '', error: null } };
			}
			const order = orders.find((one) => one.id === id && one.product === product);
			if (!order) return failed(404, 'Not found', 404);
			if (method === 'PATCH') {
				if (standin.confirmStatus) return failed(standin.confirmStatus, 'Error', 500);
				order.confirmed = (JSON.parse(body) as { confirmed: boolean }).confirmed;
			}
			return { status: 200, json: { data: [shown(order)], success: true, message: '', error: null } };
		}, port)),
		token,
		orders,
	};
	return standin;
}
