/** Why a row, or a field of it, was not taken, and what the person who mends it should do. */
export const REASONS = {
	QUOTE_NOT_CLOSED: 'A quotation mark in this line is never closed. Remove or double it, or export again.',
	QUOTE_BROKEN: 'A quotation mark stands in the middle of a quoted cell. Double it, or export again.',
	ROW_TOO_LARGE: 'The row has more than a million characters. Shorten its notes in the shop program.',
	ROW_TOO_LONG: 'The row has more cells than there are headings, so its values are shifted. Quote the cell that holds a separator.',
	ROW_TOO_SHORT: 'The line has a single cell: perhaps the second half of a row whose cell holds a line break. Quote that cell, or export again.',
	ROW_CUT_OFF: 'The file ends in the middle of this row. Export it again.',
	ROW_UNREADABLE: 'The row cannot be read as CSV. Open the file in a spreadsheet program, look at this line and save it again.',
	ROW_NOT_A_RECORD: 'The item is no object with named fields. Put n8n\'s Extract from File node before this one.',
	NAME_MISSING: 'Enter a last name or a first name in the shop program and import again.',
	NAME_IS_FORMULA: 'The name begins like a spreadsheet formula. Enter the real name.',
	NAME_WITHOUT_LETTERS: 'The name has no letters. Enter the real name, and check that each column has its right heading.',
	NAME_TOO_LONG: 'The name has more than 100 characters. Shorten it, and check that each column has its right heading.',
	BIRTH_DATE_UNREADABLE: 'The birth date is not a date such as 24/12/1975. Correct it, or leave it empty.',
	BIRTH_DATE_IMPOSSIBLE: 'The birth date is a day that does not exist, such as 31/02. Correct it, or leave it empty.',
	BIRTH_DATE_IN_FUTURE: 'The birth date lies after today. Correct it, or leave it empty.',
	BIRTH_DATE_TOO_OLD: 'The birth date lies more than 120 years back. Correct it, or leave it empty.',
	CODE_MISSING: 'The row has no customer code, so it is recognised by name and birth date only. Give the customer a code.',
	CODE_UNUSABLE: 'The customer code is longer than 64 characters or looks like a formula. Correct it.',
	NAME_SPLIT_GUESSED: 'Last and first name stand in one cell and were parted by guess. Export them in two columns.',
	EMAIL_UNUSABLE: 'The e-mail address cannot be right. Ask the customer for it.',
	PHONE_UNUSABLE: 'The phone number cannot be right. Ask the customer for it.',
	SEX_UNKNOWN: 'The sex is neither F nor M in any spelling known here. It was left out.',
	LANGUAGE_UNKNOWN: 'There are no texts in this language. The shop\'s own language will be used.',
	DECEASED_UNCLEAR: 'The column for deceased customers is filled in a way not known here. The customer counts as deceased until it is clear.',
	CONSENT_UNCLEAR: 'The consent is neither a clear yes nor a clear no, so it counts as never asked. Enter sì or no.',
	CONSENT_CONTRADICTORY: 'One column agrees and another refuses. The refusal counts.',
	CONSENT_DATE_UNUSABLE: 'The date of the consent is no day up to today. Correct it.',
	TEXT_UNUSABLE: 'The text is too long or begins like a spreadsheet formula. It was left out.',
	PROVINCE_UNKNOWN: 'The province is no Italian province. It was left out.',
	POSTAL_CODE_UNUSABLE: 'The postal code cannot be right. It was left out.',
} as const;

export type ReasonCode = keyof typeof REASONS;

/** Reasons for which a row cannot even be cut into cells. */
export type RowReason = Extract<ReasonCode, `ROW_${string}` | `QUOTE_${string}`>;
