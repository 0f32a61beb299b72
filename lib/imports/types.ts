import type { NewCustomer } from '../domain/customer';
import type { Channel } from '../domain/glossary';
import type { PostalAddress } from '../domain/postalAddress';
import type { DateContext } from './fields/date';
import type { ReasonCode } from './reasons';

/** A customer as a row of an export describes one. */
export interface ImportedCustomer extends NewCustomer {
	address?: PostalAddress;
}

/** What the reading of rows depends on; all of it comes from the shop. */
export interface RowOptions extends DateContext {
	/** ISO 3166 alpha-2: the country of phone numbers without a prefix. */
	country: string;
	/** The channels that a yes in a column without a channel ("Consenso", "Consenso richiami") stands for; e-mail only unless given. */
	generalConsentChannels?: readonly Channel[];
}

/** The values of a row, as text or as a spreadsheet typed them: by heading, or in the order of a file's columns. */
export type Cells = Readonly<Record<string, unknown>> | readonly unknown[];

/** Where in a row the value of each field stands: under which heading, or in which column, counted from 0. */
export type Columns<F extends string> = Partial<Record<F, string | number>>;

/** Where a row stands. */
export interface Place {
	/** Rows counted from 1; headings and blank lines do not count. */
	row: number;
	/** Line of the file on which the row begins, counted from 1; for other sources absent. */
	line?: number;
}

/** Something in a row that was not taken. Never says the value. */
export interface RowProblem extends Place {
	/** `row` where it is the row as a whole. */
	field: string;
	reason: ReasonCode;
	/** What to do about it. */
	hint: string;
}

/** A row that was taken (perhaps without some of its fields), or was not. */
export type RowResult<Taken extends object = TakenCustomer> =
	| ({ status: 'accepted'; warnings: RowProblem[] } & Taken)
	| { status: 'rejected'; rejection: RowProblem };

/** What a row of customers gives. */
export interface TakenCustomer {
	customer: ImportedCustomer;
}
