/** Where the shop's customers book an appointment by themselves. */
export function bookingLink(): string[] {
	return ['alter table shops add column booking_url text'];
}
