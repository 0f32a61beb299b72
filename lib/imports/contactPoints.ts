import type { NewContactPoint } from '../domain/customer';
import { emails } from './fields/email';
import { phones } from './fields/phone';
import type { RowReader } from './rowReader';

/** The e-mail addresses and phone numbers of a row, each once, in the order of the columns. One that cannot be right is left out and reported. */
export function contactPointsOf(row: RowReader, country: string): NewContactPoint[] {
	const points = new Map<string, NewContactPoint>();
	for (const field of ['email', 'otherEmail'] as const) {
		const { values, problem } = emails(row.text(field));
		if (problem) row.warn(field, problem);
		for (const value of values) points.set(value, { kind: 'email', value });
	}
	for (const field of ['mobile', 'phone', 'otherPhone'] as const) {
		const { values, problem } = phones(row.text(field), country);
		if (problem) row.warn(field, problem);
		for (const { e164, line } of values) points.set(e164, { kind: 'phone', value: e164, ...(line && { line }) });
	}
	return [...points.values()];
}
