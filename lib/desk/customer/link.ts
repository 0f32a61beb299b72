import { html, type SafeHtml } from '../../web/html';
import { fill } from '../../web/texts';
import type { DeskFrame } from '../state';
import { deskAddress } from '../view';
import { customerTexts } from './words';

/** The way to a customer's page; with a name where several stand on one page. */
export function customerLink({ language }: Pick<DeskFrame, 'language'>, customerId: number, name?: string): SafeHtml {
	const texts = customerTexts(language);
	const words = name === undefined ? texts.link : fill(texts.linkOf, { name });
	return html`<a href="${deskAddress({ view: 'customer', id: customerId, place: { page: 1 } })}">${words}</a>`;
}
