/** When the shop is open, its patron saint, the names it sends under, and how long it keeps what it knows. */
export function shopSettings(): string[] {
	return ['opening_hours', 'patron_saint', 'email_from_name', 'sms_alias', 'retention'].map((column) => `alter table shops add column ${column} text`);
}
