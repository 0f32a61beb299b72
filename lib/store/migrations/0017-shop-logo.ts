/** The logo at the top of the shop's e-mails, with its size: JSON. */
export function shopLogo(): string[] {
	return ['alter table shops add column logo text'];
}
