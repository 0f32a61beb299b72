import type { ConsentChannel, ConsentPurpose } from '../../domain/consent';
import { CHANNELS, PURPOSES, type Channel } from '../../domain/glossary';
import { only, positive, typedLine, type Form } from '../../web/form';
import { NOTE_LIMIT } from '../seen';

/** What somebody can say about consents, and how; a shop program and a customer's link know more ways. */
export const ANSWERS = ['granted', 'denied', 'withdrawn', 'objected'] as const;
export const METHODS = ['told-staff', 'paper', 'call', 'email', 'letter'] as const;
export const CONSENT_CHANNELS: readonly ConsentChannel[] = [...CHANNELS, 'any'];
export const CONSENT_PURPOSES: readonly ConsentPurpose[] = [...PURPOSES, 'any'];

/** What was typed about a consent, kept until it is recorded. */
export interface TypedConsent {
	status: (typeof ANSWERS)[number];
	channel: ConsentChannel;
	purpose: ConsentPurpose;
	method: (typeof METHODS)[number];
	/** As a browser's field writes it, or whatever was typed where there is none; empty for now. */
	day: string;
	evidence: string;
	notice: string;
	guardian: string;
	note: string;
}

/** What is asked for about a customer. */
export type CustomerAction =
	/** Without a channel the shop chooses again. */
	| { kind: 'savePreference'; customer: number; channel?: Channel }
	| { kind: 'recordConsent'; customer: number; typed: TypedConsent }
	| { kind: 'exportCustomer'; customer: number }
	/** The lead's. */
	| { kind: 'eraseCustomer'; customer: number; surname: string };

const KINDS: readonly string[] = ['savePreference', 'recordConsent', 'exportCustomer', 'eraseCustomer'] satisfies Array<CustomerAction['kind']>;

/** Whether an action is one of these. */
export function isCustomerAction(action: { kind: string }): action is CustomerAction {
	return KINDS.includes(action.kind);
}

/** Reads a form about a customer; undefined where it is none of ours. */
export function readCustomerAction(form: Form): CustomerAction | undefined {
	const customer = positive(only(form, 'customer'));
	const kind = only(form, 'action');
	if (!customer) return undefined;
	switch (kind) {
		case 'savePreference': {
			const [channel, wanted] = [CHANNELS.find((one) => one === only(form, 'channel')), only(form, 'channel')];
			return channel || (form.has('channel') && wanted === '') ? { kind, customer, ...(channel && { channel }) } : undefined;
		}
		case 'recordConsent': {
			const typed = typedConsent(form);
			return typed && { kind, customer, typed };
		}
		case 'exportCustomer':
			return { kind, customer };
		case 'eraseCustomer':
			return { kind, customer, surname: typedLine(only(form, 'surname')).slice(0, NOTE_LIMIT) };
		default:
			return undefined;
	}
}

function typedConsent(form: Form): TypedConsent | undefined {
	const status = ANSWERS.find((one) => one === only(form, 'status'));
	const channel = CONSENT_CHANNELS.find((one) => one === only(form, 'channel'));
	const purpose = CONSENT_PURPOSES.find((one) => one === only(form, 'purpose'));
	const method = METHODS.find((one) => one === only(form, 'method'));
	const [day, evidence, notice, guardian, note] = ['day', 'evidence', 'notice', 'guardian', 'note'].map((name) => typedLine(only(form, name)).slice(0, NOTE_LIMIT));
	return status && channel && purpose && method && { status, channel, purpose, method, day, evidence, notice, guardian, note };
}
