import type { IDataObject } from 'n8n-workflow';
import { CONSENT_STATUSES } from '../../../../lib/domain/consent';
import type { NewCustomer, StatedConsent } from '../../../../lib/domain/customer';
import { CrmError } from '../../../../lib/domain/errors';
import { CHANNELS, FORMALITIES, PURPOSES } from '../../../../lib/domain/glossary';
import { shopToday, type Shop } from '../../../../lib/domain/shop';
import { isLocalDate, type Instant } from '../../../../lib/domain/time';
import { customerRow } from '../../../../lib/imports/customerRow';
import { withAddress } from './importCustomers';
import { noticeVersion } from './noticeVersion';

/** What the panel offers beside code and names. */
export interface AdditionalFields extends IDataObject {
	formality?: NewCustomer['formality'];
	noticeVersion?: string;
	consents?: { consent?: StatedConsent[] };
}

/** A customer as the panel or an expression gave one, ready to be saved. */
export interface GivenCustomer {
	customer: NewCustomer;
	noticeVersion?: string;
	/** Fields that cannot be right, each with its reason; the customer is saved without them. */
	leftOut: string[];
}

/**
 * The fields as an import would read them: the same cleaning, the same checks.
 * @throws CrmError naming the field without which the customer cannot be saved
 */
export function readCustomer(shop: Shop, names: object, more: AdditionalFields, now: Instant): GivenCustomer {
	const { consents, formality, noticeVersion: notice, deceased, ...plain } = more;
	const cells: Record<string, unknown> = { ...names, ...plain, ...(deceased !== undefined && { deceased: deceased ? 'si' : 'no' }) };
	const mapping = Object.fromEntries(Object.keys(cells).map((field) => [field, field]));
	const options = { today: shopToday(shop, now), timeZone: shop.timeZone, country: shop.country };
	const read = customerRow(cells, mapping, options, { row: 1 });
	if (read.status === 'rejected') {
		const { field, reason, hint } = read.rejection;
		throw new CrmError(`${field} cannot be used (${reason})`, hint);
	}
	oneOf('formality', formality, FORMALITIES);
	const stated = (consents?.consent ?? []).map(({ capturedOn, ...consent }) => ({ ...consent, capturedOn: capturedOn || undefined }));
	stated.forEach(checkConsent);
	return {
		customer: { ...withAddress(read.customer, shop.country), formality, consents: stated },
		noticeVersion: noticeVersion(shop, notice),
		leftOut: read.warnings.filter(({ reason }) => reason !== 'CODE_MISSING').map(({ field, reason }) => `${field}: ${reason}`),
	};
}

/** The ledger is never corrected: what it does not know must not get into it. */
function checkConsent({ channel, purpose, status, capturedOn }: StatedConsent): void {
	oneOf('The channel of a consent', channel, CHANNELS);
	oneOf('The purpose of a consent', purpose, PURPOSES);
	oneOf('The status of a consent', status, CONSENT_STATUSES);
	if (capturedOn && !isLocalDate(capturedOn)) {
		throw new CrmError('The day of a consent is no calendar day', 'Write it as YYYY-MM-DD, for example 2026-11-22, or leave it empty for today.');
	}
}

function oneOf(what: string, value: string | undefined, known: readonly string[]): void {
	if (value !== undefined && !known.includes(value)) throw new CrmError(`${what} is unknown`, `Use one of ${known.join(', ')}.`);
}
