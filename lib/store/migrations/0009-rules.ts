/** What a recipient was chosen by stays with decision and message, cases for the staff, and the customer's own time zone. */
export function rules(): string[] {
	return [
		'alter table decisions add column uses text',
		'alter table messages add column uses text',
		"create index occasions_review on occasions (shop_id) where outcome = 'review'",
		'alter table customers add column time_zone text',
	];
}
