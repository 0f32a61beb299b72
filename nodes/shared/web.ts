import { NodeOperationError, type INodeExecutionData, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import type { RequestHeaders } from '../../lib/web/origin';
import type { Answer, Page } from '../../lib/web/page';

/** A request as the pages read it. */
export interface WebRequest {
	method: string;
	headers: RequestHeaders;
	query: unknown;
	body: unknown;
	/** Path under which the browser knows the page; cookies are bound to it. */
	path: string;
	/** Whether the browser came over https. */
	secure: boolean;
	/** Address of the browser, as far as n8n's proxy settings tell it. */
	address: string;
	/** Public address of n8n's webhooks, for example `https://n8n.example.com`. */
	publicOrigin?: string;
}

/** What a page answers, and the items with which the workflow starts, if any. */
export interface WebAnswer {
	page: Answer;
	/** As a function: known only some time after the page was answered. */
	items: INodeExecutionData[] | (() => Promise<INodeExecutionData[]>);
}

/** The request that a webhook got, as the pages read it; `secure` also where a proxy before n8n speaks https. */
export function readRequest(context: IWebhookFunctions): WebRequest {
	const request = context.getRequestObject();
	const publicUrl = context.getNodeWebhookUrl('default');
	return {
		method: request.method,
		headers: context.getHeaderData() as RequestHeaders,
		query: context.getQueryData(),
		body: context.getBodyData(),
		path: new URL(request.originalUrl, 'http://localhost').pathname,
		secure: request.secure || (publicUrl?.startsWith('https:') ?? false),
		address: request.ip ?? '',
		publicOrigin: publicUrl && URL.canParse(publicUrl) ? new URL(publicUrl).origin : undefined,
	};
}

/**
 * Writes a page as the answer of a webhook, past n8n's own response, and starts the workflow where there are items.
 * @param trouble the page that is shown when `make` fails; the log names the error, without personal data
 */
export async function answer(context: IWebhookFunctions, make: () => Promise<WebAnswer>, trouble: () => Page): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const { page, items: given } = await make().catch((error: Error): WebAnswer => {
		const howToGoOn = error instanceof NodeOperationError ? ` ${error.description}` : '';
		context.logger.error(`${context.getNode().name}: ${error.message}.${howToGoOn}`);
		return { page: trouble(), items: [] };
	});
	response.writeHead(page.status, page.headers).end(page.body);
	const items = typeof given === 'function' ? await given() : given;
	return { noWebhookResponse: true, ...(items.length > 0 && { workflowData: [items] }) };
}
