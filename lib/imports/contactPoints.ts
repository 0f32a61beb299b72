import type { NewContactPoint } from '../domain/customer';
import { emails } from './fields/email';
import { phones } from './fields/phone';
import type { RowReader } from './rowReader';

const EMAILS = ['email', 'otherEmail'] as const;
const PHONES = ['mobile', 'phone', 'otherPhone'] as const;

/** The e-mail addresses and phone numbers of a row, each once, in the order of the columns. One that cannot be right is left out and reported. */
export function contactPointsOf(row: RowReader, country: string): NewContactPoint[] {
	const points: NewContactPoint[] = [];
	const add = (point: NewContactPoint) => {
		if (!points.some(({ value }) => value === point.value)) points.push(point);
	};
	for (const field of EMAILS) {
		for (const value of row.values(field, emails)) add({ kind: 'email', value });
	}
	for (const field of PHONES) {
		for (const { e164, line } of row.values(field, (text) => phones(text, country))) add({ kind: 'phone', value: e164, ...(line && { line }) });
	}
	return points;
}
