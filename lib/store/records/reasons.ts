/** Why a record was not stored, and what the person who mends it should do. */
export const RECORD_REASONS = {
	CUSTOMER_UNKNOWN: 'No customer has this code, or this name and birth date. Import the customers first, or correct the code.',
	AMBIGUOUS_CUSTOMER: 'More than one customer has this name and birth date. Give the customer code.',
	ORDER_DATE_MISSING: 'There is neither a day of the order nor one of the delivery. Give one of them.',
	ORDER_IN_FUTURE: 'The order lies after today. Correct its day.',
	DELIVERY_IN_FUTURE: 'The delivery lies after today. Give the day once the customer has it.',
	DELIVERY_BEFORE_ORDER: 'The delivery lies before the order. Correct one of the two days.',
	READY_BEFORE_ORDER: 'It could be collected before it was ordered. Correct one of the two days.',
	READY_IN_FUTURE: 'It can be collected on a day after today. Give the day once it is ready.',
	RETURN_BEFORE_DELIVERY: 'It was returned before it was ordered or delivered. Correct the days.',
	AMOUNT_NEGATIVE: 'The amount is less than zero. Give the amount of the sale; a return is the day on which it was returned.',
	AMOUNT_UNUSABLE: 'The amount is no whole number of cents. Correct it.',
	SUPPLY_UNUSABLE: 'The supply is no whole number of days from 1 to 3650. Correct it, or leave it empty.',
	USEFUL_LIFE_UNUSABLE: 'The useful life is no whole number of months from 1 to 600. Correct it, or leave it empty.',
	EXAM_DATE_MISSING: 'There is no day of the exam. Give it.',
	EXAM_IN_FUTURE: 'The exam lies after today. Enter an appointment instead, or correct the day.',
	NEXT_EXAM_TOO_EARLY: 'The next check does not lie after the exam. Correct one of the two days.',
	APPOINTMENT_TIME_MISSING: 'There is no day and time of the appointment. Give them.',
	APPOINTMENT_NOT_YET: 'The appointment lies on a later day, so nobody can have kept or missed it. Correct its day or its status.',
	QUOTE_DATE_MISSING: 'There is no day of the quote. Give it.',
	QUOTE_IN_FUTURE: 'The quote lies after today. Correct its day.',
	QUOTE_ENDS_BEFORE: 'The quote ends before it was made. Correct one of the two days.',
} as const;

export type RecordReason = keyof typeof RECORD_REASONS;
