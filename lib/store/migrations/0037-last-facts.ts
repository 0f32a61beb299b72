/** The last delivery of spectacles and the last exam, beside the rhythm of visits: else the search for who is due goes through all that came before them, more of it each year. */
export function lastFacts(): string[] {
	const ofCustomer = 'customer_id = visit_rhythms.customer_id';
	return [
		'alter table visit_rhythms add column spectacles_on text',
		'alter table visit_rhythms add column exam_on text',
		'alter table visit_rhythms add column next_exam_on text',
		`update visit_rhythms set spectacles_on = (select max(delivered_on) from equipment where equipment.${ofCustomer} and kind = 'spectacles' and returned_on is null),
			exam_on = (select max(taken_on) from exams where exams.${ofCustomer} and kind <> 'other')`,
		`update visit_rhythms set next_exam_on = (select min(next_due_on) from exams where exams.${ofCustomer} and kind <> 'other' and taken_on = visit_rhythms.exam_on) where exam_on is not null`,
		'create index visit_rhythms_spectacles on visit_rhythms (shop_id, spectacles_on) where spectacles_on is not null',
		'create index visit_rhythms_exam on visit_rhythms (shop_id, exam_on, next_exam_on) where exam_on is not null',
		'create index visit_rhythms_next_exam on visit_rhythms (shop_id, next_exam_on) where next_exam_on is not null',
	];
}
