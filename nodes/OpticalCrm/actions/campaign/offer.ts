import type { INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import type { ItemLinks, ItemOffer } from '../../../../lib/domain/item';
import { isLocalDate, type LocalDate } from '../../../../lib/domain/time';

const text = (displayName: string, name: string, placeholder: string, description: string, rows?: number): INodeProperties => ({
	displayName, name, type: 'string', default: '', placeholder: `e.g. ${placeholder}`, description, ...(rows && { typeOptions: { rows } }),
});

/** What a campaign offers, or invites to: the same for all its customers. */
export const OFFER_FIELD: INodeProperties = {
	displayName: 'Offer',
	name: 'offer',
	type: 'collection',
	placeholder: 'Add to the offer',
	default: {},
	description: 'What the templates of campaigns speak of: they need the title and the text. In the language of your customers; season\'s greetings need none.',
	options: [
		text('Code', 'code', 'BELLA10', 'To be shown at the counter'),
		text('Link', 'more', 'https://www.bellavista.example/novita', 'Where more can be read'),
		text('Text', 'text', 'Sono arrivate montature fatte a mano in Cadore.', 'One or two sentences, without a form of address: some customers are "lei", some "tu"', 3),
		text('Time', 'time', '18:30', 'When an event begins, HH:mm'),
		text('Title', 'title', 'Una collezione nuova', 'A few words'),
		text('Valid Until', 'validUntil', '2026-12-12', 'The last day on which it holds; of an event, its day. YYYY-MM-DD.'),
	],
};

/** The parts of an item that a campaign brings. */
export interface CampaignParts {
	offer?: ItemOffer;
	link?: ItemLinks;
}

/**
 * The offer as the panel says it.
 * @throws CrmError when the title or the text was begun and left empty, or the offer is over: nobody is handed out for a campaign that says nothing
 */
export function readOffer(given: Record<string, unknown>, today: LocalDate): CampaignParts {
	const filled = Object.entries(given).map(([name, value]) => [name, String(value ?? '').trim()] as const);
	for (const [name, value] of filled) {
		if (value === '' && (name === 'title' || name === 'text')) throw new CrmError('The offer is not written yet', 'Fill in Title and Text under Offer, or take them out of the list where the template needs none.');
	}
	const { more, ...offer } = Object.fromEntries(filled.filter(([, value]) => value !== '')) as ItemOffer & { more?: string };
	if (offer.validUntil !== undefined && (!isLocalDate(offer.validUntil) || offer.validUntil < today)) {
		throw new CrmError('"Valid Until" of the offer is over, or no calendar day', 'Write a day that is still to come as YYYY-MM-DD, or take it out of the list.');
	}
	return { ...(Object.keys(offer).length > 0 && { offer }), ...(more !== undefined && { link: { more } }) };
}
