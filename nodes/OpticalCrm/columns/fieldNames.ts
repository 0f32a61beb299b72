import type { Field } from '../../../lib/imports/headings';
import type { SaleField } from '../../../lib/imports/records/equipmentRow';
import type { ExamField } from '../../../lib/imports/records/examRow';
import type { OwnerField } from '../../../lib/imports/records/ownerOfRow';

/* What the fields that a column can fill are called on the panel. */

const OWNER_NAMES: Record<OwnerField, string> = {
	customerCode: 'Customer Code',
	lastName: 'Customer Last Name',
	firstName: 'Customer First Name',
	lastFirstName: 'Customer Last and First Name in One Cell',
	firstLastName: 'Customer First and Last Name in One Cell',
	birthDate: 'Customer Birth Date',
};

export const CUSTOMER_NAMES: Record<Field, string> = {
	code: 'Customer Code',
	lastName: 'Last Name',
	firstName: 'First Name',
	lastFirstName: 'Last and First Name in One Cell',
	firstLastName: 'First and Last Name in One Cell',
	title: 'Title',
	sex: 'Sex',
	birthDate: 'Birth Date',
	mobile: 'Mobile',
	phone: 'Phone',
	otherPhone: 'Other Phone',
	email: 'E-Mail',
	otherEmail: 'Other E-Mail',
	street: 'Street',
	postalCode: 'Postal Code',
	town: 'Town',
	province: 'Province',
	language: 'Language',
	timeZone: 'Time Zone',
	deceased: 'Deceased',
	consentEmail: 'Consent: E-Mail',
	consentSms: 'Consent: SMS',
	consentWhatsapp: 'Consent: WhatsApp',
	consentCall: 'Consent: Calls',
	consentLetter: 'Consent: Letters',
	consentMarketing: 'Consent: Marketing, No Channel Named',
	consentRecall: 'Consent: Recalls',
	consentDate: 'Consent: Day',
	privacyDate: 'Day the Privacy Notice Was Signed',
	enteredBy: 'Entered By',
	enteredOn: 'Entered On',
};

export const SALE_NAMES: Record<SaleField, string> = {
	...OWNER_NAMES,
	code: 'Sale Code',
	kind: 'Kind',
	lensType: 'Lens Type',
	description: 'Description',
	amount: 'Amount',
	orderedOn: 'Ordered On',
	deliveredOn: 'Delivered On',
	readyOn: 'Ready On',
	returnedOn: 'Returned On',
	firstProgressive: 'First Progressive',
	supplyDays: 'Days of Supply',
	usefulMonths: 'Useful Life in Months',
};

export const EXAM_NAMES: Record<ExamField, string> = {
	...OWNER_NAMES,
	code: 'Exam Code',
	kind: 'Kind',
	takenOn: 'Taken On',
	nextDueOn: 'Next Due On',
	examiner: 'Examiner',
};
