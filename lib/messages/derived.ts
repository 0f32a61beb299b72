import type Handlebars from 'handlebars';
import { DateTime } from 'luxon';
import type { Language } from '../domain/glossary';
import type { ItemCustomer } from '../domain/item';
import { contactFor } from './contact';
import { compile, runtime } from './engine';
import { partsOf } from './files';
import type { VariableGroup } from './template';
import type { MessageVariables } from './values';

/** Makes a value out of an item; undefined where what it needs is missing. */
type Derive = (variables: MessageVariables, language: Language) => unknown;

/** Variables that stand in no item as they are written: worked out for the language of the template. The other names are fields of the item. */
export const DERIVED: Partial<Record<VariableGroup, Record<string, Derive>>> = {
	customer: {
		/** As the shop speaks to this person: `Sig.ra Conti`, `Dott. Conti`, `Giulia`. */
		name: ({ customer }, language) => addressedName(customer, language),
	},
	shop: {
		phone: ({ shop }, language) => contactFor(shop, language).phone,
		/** Street, postal code and town on one line. */
		address: ({ shop }, language) => contactFor(shop, language).address,
	},
	appointment: {
		/** The local day of `startsAt`. */
		day: (variables) => startOf(variables)?.toISODate(),
		/** The local time of `startsAt`. */
		time: (variables) => startOf(variables)?.toFormat('HH:mm'),
	},
	link: {
		booking: ({ link, shop }) => link?.booking || shop.bookingUrl,
		website: ({ shop }) => shop.website,
	},
};

const nameTexts = new Map<Language, Handlebars.TemplateDelegate>();

function addressedName({ firstName, lastName, title, sex, formality }: ItemCustomer, language: Language): string | undefined {
	if (!firstName || !lastName) return undefined;
	let write = nameTexts.get(language);
	if (!write) nameTexts.set(language, (write = compile(partsOf(language).name as string)));
	return write({ customer: { firstName, lastName, title, sex, formality } }, runtime(language));
}

function startOf({ appointment, shop }: MessageVariables): DateTime | undefined {
	if (typeof appointment?.startsAt !== 'string') return undefined;
	const start = DateTime.fromISO(appointment.startsAt, { zone: shop.timeZone });
	return start.isValid ? start : undefined;
}
