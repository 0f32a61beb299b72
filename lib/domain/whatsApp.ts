import type { WhatsAppTemplateUse } from './messageExtra';
import type { Instant } from './time';

export const META_CATEGORIES = ['MARKETING', 'UTILITY', 'AUTHENTICATION'] as const;
/** What Meta takes a template for; decides its price, and who may stop it. */
export type MetaCategory = (typeof META_CATEGORIES)[number];

/** A template as the WhatsApp Business account really has it. */
export interface AccountTemplate {
	/** Id at Meta. */
	id: string;
	name: string;
	/** Such as `it` or `en_US`. */
	language: string;
	/** `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED` and others; only the first is sent. */
	state: string;
	category: MetaCategory;
	parameterFormat: 'NAMED' | 'POSITIONAL';
	/** What stands on top: nothing, a text, or a file of this kind. */
	header: 'none' | 'text' | 'image' | 'video' | 'document' | 'other';
	/** Names of the parameters, or their numbers. */
	headerParameters: string[];
	bodyParameters: string[];
	/** The buttons that take the end of an address: position from 0, and what stands before it. */
	urlButtons: Array<{ index: number; base: string }>;
	/** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
	quality: string;
}

/** How the shop's number and the business portfolio behind it stand. */
export interface WhatsAppAccount {
	wabaId: string;
	phoneNumberId: string;
	/** Unique customers in 24 hours outside of open windows; absent where Meta does not tell. */
	limit?: number | 'unlimited';
	/** Of the number: `GREEN`, `YELLOW`, `RED`, or `UNKNOWN`. */
	quality: string;
	/** Such as `CONNECTED`; what a webhook told of the account, such as `ACCOUNT_VIOLATION`. */
	state: string;
	fetchedAt: Instant;
}

/** How long after a customer's message free texts may be sent (RULES 30). Minutes. */
export const WINDOW_MINUTES = 1440;

/** Steps of the messaging limit, as the API names them. Source: .../whatsapp/messaging-limits */
const TIERS: Record<string, number | 'unlimited'> = {
	TIER_50: 50, TIER_250: 250, TIER_1K: 1000, TIER_2K: 2000, TIER_10K: 10_000, TIER_100K: 100_000, TIER_UNLIMITED: 'unlimited',
};

/** A messaging limit as the API or a webhook writes it: a step, a number, or -1 for none. Undefined where it says nothing that is known. */
export function limitOf(value: unknown): number | 'unlimited' | undefined {
	if (typeof value === 'string' && Object.hasOwn(TIERS, value)) return TIERS[value];
	const count = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : NaN;
	if (count === -1) return 'unlimited';
	return Number.isInteger(count) && count > 0 ? count : undefined;
}

/**
 * What keeps a filled-in template from being what the account has, or undefined where they fit (RULES 37). Names and counts only, nothing personal.
 */
export function templateMismatch(use: WhatsAppTemplateUse, known: AccountTemplate): string | undefined {
	const { header, body, buttons = [], parameterFormat } = use;
	const named = parameterFormat === 'NAMED';
	const hasParameters = known.bodyParameters.length + known.headerParameters.length > 0;
	if (hasParameters && parameterFormat !== known.parameterFormat) return `its parameters are ${known.parameterFormat} there, ${parameterFormat} here`;
	const kind = header?.kind ?? 'none';
	// A text without parameters is not sent along.
	const fits = kind === known.header || (kind === 'none' && known.header === 'text');
	if (!fits) return `its header is ${known.header} there, ${kind} here`;
	const ofHeader = header?.kind === 'text' ? header.parameters : [];
	return (
		difference('header', namesOf(ofHeader, named), known.headerParameters) ??
		difference('body', namesOf(body, named), known.bodyParameters) ??
		difference('buttons', buttons.filter((button) => button.kind === 'url').map(({ index }) => String(index)), known.urlButtons.map(({ index }) => String(index)))
	);
}

function namesOf(parameters: WhatsAppTemplateUse['body'], named: boolean): string[] {
	return parameters.map(({ name }, position) => (named ? (name ?? '') : String(position + 1)));
}

function difference(part: string, here: readonly string[], there: readonly string[]): string | undefined {
	const same = here.length === there.length && here.every((name) => there.includes(name)) && there.every((name) => here.includes(name));
	return same ? undefined : `the ${part} takes ${there.join(', ') || 'nothing'} there, ${here.join(', ') || 'nothing'} here`;
}
