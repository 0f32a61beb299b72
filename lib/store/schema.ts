import type { Generated, Selectable } from 'kysely';

/* The tables as they are stored. Booleans are 0 or 1, days `YYYY-MM-DD`, instants ISO 8601 in UTC, JSON is text: the same on both databases. */

export interface ShopTable {
	id: Generated<number>;
	code: string;
	name: string;
	street: string | null;
	postal_code: string | null;
	town: string | null;
	province: string | null;
	country: string;
	phone: string | null;
	email: string | null;
	website: string | null;
	time_zone: string;
	language: string;
	formality: string;
	signature: string | null;
	customer_page_url: string | null;
	privacy_notices: string;
	policy: string;
	rehearsal_date: string | null;
	updated_at: string;
	opening_hours: string | null;
	patron_saint: string | null;
	email_from_name: string | null;
	sms_alias: string | null;
	retention: string | null;
	policy_version: Generated<number>;
	/** `Rehearsal` as JSON. */
	rehearsal: string | null;
	/** `Prices` that the shop has set, as JSON. */
	prices: string | null;
	booking_url: string | null;
	logo: string | null;
	/** `RolloutSettings` that the shop has set, as JSON. */
	rollout: string | null;
}

export interface CustomerTable {
	id: Generated<number>;
	shop_id: number;
	code: string | null;
	first_name: string;
	last_name: string;
	title: string | null;
	sex: string | null;
	birth_date: string | null;
	/** `MM-DD` of the birth date: what a birthday is found by. */
	birth_md: string | null;
	language: string | null;
	formality: string | null;
	deceased: number;
	/** Folded name and birth date: finds the person where the shop program gave no code. */
	match_key: string;
	/** Folded "last first": what a search looks into. */
	search_name: string;
	created_at: string;
	updated_at: string;
	household_id: number | null;
	/** Who typed the customer in, and on which day, as the shop program says. */
	entered_by: string | null;
	entered_on: string | null;
	erased_at: string | null;
	/** The customer whom this one was found to be: it is listed and written to no more. Never itself a merged one. */
	merged_into: number | null;
	/** The channel that the customer asked for. */
	preferred_channel: string | null;
	/** IANA, where it is not the shop's. */
	time_zone: string | null;
}

/** One word of a customer's folded name: what a search finds the customer by. */
export interface CustomerWordTable {
	shop_id: number;
	word: string;
	customer_id: number;
}

/** What equipment, exams, appointments and quotes have in common. */
interface RecordTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	/** Tells the same record of a second import: the shop program's code, or what makes it unique. */
	source_key: string;
	code: string | null;
	created_at: string;
	updated_at: string;
}

export interface EquipmentTable extends RecordTable {
	kind: string;
	lens_type: string | null;
	description: string | null;
	amount_cents: number | null;
	ordered_on: string | null;
	delivered_on: string | null;
	returned_on: string | null;
	first_progressive: number | null;
	supply_days: number | null;
	useful_months: number | null;
	/** The day from which it can be collected. */
	ready_on: string | null;
	/** Contact lenses: the day on which they run out, reckoned by the store. */
	supply_ends_on: string | null;
}

export interface ExamTable extends RecordTable {
	kind: string;
	taken_on: string;
	/** Set by hand by an optometrist; wins over every interval. */
	next_due_on: string | null;
	examiner: string | null;
}

export interface AppointmentTable extends RecordTable {
	kind: string;
	starts_at: string;
	status: string;
}

export interface QuoteTable extends RecordTable {
	description: string | null;
	amount_cents: number | null;
	made_on: string;
	valid_until: string | null;
	status: string;
}

export interface HouseholdTable {
	id: Generated<number>;
	shop_id: number;
	name: string;
	created_at: string;
}

export interface MergeTable {
	id: Generated<number>;
	shop_id: number;
	kept_id: number;
	merged_id: number;
	/** Both customers and what belonged to them before, as JSON: what an undo restores. */
	before: string;
	who: string;
	merged_at: string;
	undone_at: string | null;
}

export interface WordingTable {
	id: Generated<number>;
	shop_id: number;
	version: string;
	text: string;
	hash: string;
	created_at: string;
}

export interface OptInRequestTable {
	token_hash: string;
	shop_id: number;
	customer_id: number;
	contact_point_id: number;
	channel: string;
	purpose: string;
	notice_version: string | null;
	wording_version: string | null;
	requested_at: string;
	expires_at: string;
	confirmed_at: string | null;
}

export interface RpoCheckTable {
	id: Generated<number>;
	shop_id: number;
	address_hash: string;
	checked_at: string;
	result: string;
	enrolled_on: string | null;
}

/** The settings of the contact rules as they were, one row for each change. */
export interface PolicyVersionTable {
	id: Generated<number>;
	shop_id: number;
	version: number;
	policy: string;
	changed_at: string;
}

export interface ErasureTable {
	id: Generated<number>;
	shop_id: number;
	erased_at: string;
	reason: string;
	who: string;
	counts: string;
}

export interface ContactPointTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	kind: string;
	value: string;
	line: string | null;
	status: string;
	preferred: number;
	/** Keyed hash of the value, as in the suppression list. */
	address_hash: string;
	created_at: string;
	/** After a soft bounce: not before this instant. */
	retry_after: string | null;
	/** Channels on which it does not work, with commas between. */
	unreachable: string | null;
}

export interface ConsentTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	sequence: number;
	contact_point_id: number | null;
	channel: string;
	purpose: string;
	status: string;
	legal_basis: string;
	legal_basis_note: string | null;
	captured_at: string;
	source: string;
	method: string | null;
	operator: string | null;
	wording_version: string | null;
	wording_hash: string | null;
	notice_version: string | null;
	language: string | null;
	double_opt_in_at: string | null;
	evidence: string | null;
	effective_from: string | null;
	effective_to: string | null;
	withdrawn_at: string | null;
	withdrawn_how: string | null;
	guardian: string | null;
	recorded_at: string;
	previous_hash: string;
	hash: string;
}

/** The last record of each customer's chain, written in the transaction that appends it. */
export interface ConsentHeadTable {
	customer_id: number;
	shop_id: number;
	sequence: number;
	hash: string;
}

/** Free text of a consent record; the record keeps a salted hash of it, and an erasure deletes it here. */
export interface ConsentDetailTable {
	customer_id: number;
	sequence: number;
	/** Name of the record's column. */
	field: string;
	salt: string;
	value: string;
}

export interface SuppressionTable {
	id: Generated<number>;
	shop_id: number;
	address_hash: string;
	purpose: string;
	reason: string;
	/** When the customer said no: only a later yes lifts it. */
	created_at: string;
}

export interface OccasionTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	kind: string;
	due_on: string;
	stage: number;
	expires_on: string | null;
	/** `leased` to a workflow, `settled` with an outcome, or `waiting` until a more important one has had its time. */
	state: string;
	outcome: string | null;
	reason: string | null;
	/** How often it was emitted. */
	claims: number;
	leased_until: string | null;
	created_at: string;
	settled_at: string | null;
	/** The day of the fact that it comes from: of the last exam, the delivery; null for birthdays and for occasions of a source of its own. */
	since: string | null;
	/** Why this one, in a code; see `ClaimedOccasion`. */
	cause: string | null;
	/** The day on which it was handed out last; null while it waits. */
	acted_on: string | null;
}

export interface OccasionStartTable {
	shop_id: number;
	kind: string;
	/** What was due before this day is not looked for. */
	starts_on: string;
	activated_on: string;
	/** How many customers were due in the years before and were left out. */
	left_out: number;
}

/** When each customer was in the shop last, and how often they come; what was delivered and measured last. Follows the records. */
export interface VisitRhythmTable {
	customer_id: number;
	shop_id: number;
	last_visit_on: string;
	/** 0: none known. */
	rhythm_months: number;
	/** Last delivery of spectacles that were not returned. */
	spectacles_on: string | null;
	/** Last exam; one of another kind is none. */
	exam_on: string | null;
	/** The day that an optometrist set by hand in the last exam; of several the earliest. */
	next_exam_on: string | null;
}

export interface CustomerAnswerTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	/** The occasion kind that it answers. */
	kind: string;
	answer: string;
	answered_on: string;
	created_at: string;
}

export interface OwnDateTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	name: string;
	day: string;
	created_at: string;
}

export interface DecisionTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	occasion_id: number | null;
	moment: string;
	outcome: string;
	reason: string;
	rule: string;
	rules_version: string;
	class: string;
	purpose: string;
	channel: string;
	contact_point_id: number | null;
	legal_basis: string | null;
	tried: string;
	retry_at: string | null;
	decided_at: string;
	policy_version: number | null;
	/** What the recipient was chosen by, as JSON. */
	uses: string | null;
}

export interface MessageTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	occasion_id: number;
	/** Of its occasion, so that what waits is counted without it. */
	kind: Generated<string>;
	contact_point_id: number;
	channel: string;
	class: string;
	intent: string | null;
	language: string;
	template_id: string;
	template_version: number;
	subject: string | null;
	preheader: string | null;
	body: string;
	text: string;
	refusal_url: string | null;
	content_hash: string;
	/** The content hash that somebody approved. */
	approved_hash: string | null;
	decision_id: number | null;
	state: string;
	attempts: number;
	not_before: string | null;
	sending_until: string | null;
	expires_on: string | null;
	provider_id: string | null;
	created_at: string;
	updated_at: string;
	/** The shop's day on which it left, or may have left. */
	sent_on: string | null;
	/** `MessageExtra` as JSON. */
	extra: string | null;
	/** What the recipient was chosen by, as JSON. */
	uses: string | null;
	/** Which provider or account took it, for example `twilio`. */
	provider: string | null;
	/** What it cost outside of the shop, in thousandths of a euro, and the staff's time. Null until it left. */
	cost_mills: number | null;
	staff_seconds: number | null;
	delivered_at: string | null;
	read_at: string | null;
	/** The provider's code of why it failed after it was sent. */
	failure: string | null;
	/** `Rewording` as JSON; the text beside it is what leaves. */
	rewording: string | null;
	/** The staff look at it again on this day. */
	later_on: string | null;
	/** The body as it was before the staff changed it; null where they have not. */
	written: string | null;
	/** When they changed it last. */
	edited_at: string | null;
	/** The approved hash under which it was left for the shop's phone to send. */
	left_hash: string | null;
}

/** A message's mail. */
export interface MessageHtmlTable {
	message_id: number;
	html: string;
}

/** What the staff say of a text that reads badly, or not as its reader would like it. */
export interface TextComplaintTable {
	id: Generated<number>;
	shop_id: number;
	message_id: number;
	template_id: string;
	template_version: number;
	channel: string;
	/** `sounds` or `person`. */
	about: string;
	words: string | null;
	who: string;
	at: string;
}

export interface MessageHistoryTable {
	id: Generated<number>;
	message_id: number;
	at: string;
	from_state: string | null;
	to_state: string;
	who: string;
	why: string | null;
}

export interface DeskSessionTable {
	token_hash: string;
	shop_id: number;
	staff: string;
	/** As `desk_accounts` and `desk_languages` name the owner. */
	name_key: string;
	created_at: string;
	expires_at: string;
	seen_at: string;
	/** Ties the session to the password and the role that opened it; see sessionStamp(). */
	stamp: string;
	/** Browser and system in a word or two, so that people know their own sessions. */
	device: string;
}

export interface DeskFailureTable {
	shop_id: number;
	subject: string;
	failures: number;
	last_at: string;
	wait_until: string | null;
}

export interface DeskAccountTable {
	id: Generated<number>;
	shop_id: number;
	name: string;
	name_key: string;
	role: string;
	/** With its parameters and its salt; see hashPassword(). */
	password_hash: string;
	/** Until when the password opens the Desk to choose another one; null where the person has chosen it. */
	one_time_until: string | null;
	disabled_at: string | null;
	created_at: string;
	changed_at: string;
}

export interface DeskLanguageTable {
	shop_id: number;
	name_key: string;
	language: string;
}

export interface DeskLogTable {
	id: Generated<number>;
	shop_id: number;
	at: string;
	who: string;
	action: string;
	subject: string | null;
}

export interface SegmentWatchTable {
	shop_id: number;
	name: string;
	/** Rule and settings as JSON: another definition begins the watch anew. */
	definition: string;
	began_at: string;
}

/** Who was in a watched segment when it was looked at last. */
export interface SegmentMemberTable {
	shop_id: number;
	/** Of the watch. */
	name: string;
	customer_id: number;
}

export interface OwnTemplateTable {
	id: Generated<number>;
	shop_id: number;
	template_id: string;
	channel: string;
	language: string;
	version: number;
	/** Null gives the place back to the package's own text. */
	source: string | null;
	who: string;
	created_at: string;
}

/** An event of a provider that was taken in: it counts once, however often it comes. Holds ids only. */
export interface ProviderEventTable {
	id: Generated<number>;
	shop_id: number;
	channel: string;
	event_id: string;
	kind: string;
	at: string;
	received_at: string;
}

/** Something that a customer wrote or said, and that waits for the staff. One for each sender and channel is open at a time. */
export interface TicketTable {
	id: Generated<number>;
	shop_id: number;
	/** Null while nobody knows who it is. */
	customer_id: number | null;
	channel: string;
	/** Number or address that it came from. */
	sender: string;
	kind: string;
	urgent: number;
	state: string;
	/** Our message that is answered. */
	message_id: number | null;
	proposed_answer: string | null;
	opened_at: string;
	updated_at: string;
	closed_at: string | null;
	closed_by: string | null;
	note: string | null;
}

/** What customers wrote. */
export interface InboundMessageTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number | null;
	channel: string;
	sender: string;
	body: string;
	meaning: string;
	at: string;
	received_at: string;
	message_id: number | null;
	ticket_id: number | null;
}

export interface SurveyAnswerTable {
	id: Generated<number>;
	shop_id: number;
	customer_id: number;
	message_id: number | null;
	/** 0 to 10. */
	score: number;
	comment: string | null;
	answered_at: string;
}

export interface FrequentQuestionTable {
	id: Generated<number>;
	shop_id: number;
	language: string;
	name: string;
	/** A JSON list. */
	phrases: string;
	answer: string;
	updated_at: string;
}

/** An account or number that messages leave from, as all processes see it; see `SenderState`. */
export interface SenderTable {
	shop_id: number;
	name: string;
	channel: string;
	next_at: string | null;
	day: string | null;
	day_count: number;
	failures: number;
	openings: number;
	open_until: string | null;
	code: string | null;
	trying: number;
	updated_at: string;
}

/** Something that the staff or the consultant should look at; `until` is null while it lasts. */
export interface AlertTable {
	id: Generated<number>;
	shop_id: number;
	kind: string;
	subject: string;
	code: string;
	since: string;
	until: string | null;
	seen_by: string | null;
	seen_at: string | null;
}

/** The shop's number on WhatsApp, as Meta last told. */
export interface WhatsAppAccountTable {
	shop_id: number;
	waba_id: string;
	phone_number_id: string;
	/** A number, or `unlimited`. */
	message_limit: string | null;
	quality: string;
	state: string;
	fetched_at: string;
}

/** A template as the WhatsApp Business account has it. */
export interface WhatsAppTemplateTable {
	waba_id: string;
	name: string;
	language: string;
	meta_id: string;
	state: string;
	category: string;
	parameter_format: string;
	/** Header and parameters, as JSON. */
	parts: string;
	quality: string;
	fetched_at: string;
	/** Of the last word about it, fetched or told by a webhook: what is older changes nothing. */
	changed_at: string;
}

/** When somebody wrote to the shop last, by the keyed hash of the number. */
export interface WhatsAppWindowTable {
	shop_id: number;
	address_hash: string;
	last_message_at: string;
}

/** Letters that are printed together. */
export interface LetterBatchTable {
	id: Generated<number>;
	shop_id: number;
	/** The shop's day. */
	day: string;
	made_by: string;
	made_at: string;
	/** Of all its letters. */
	pages: number;
	/** What a page and the postage of a letter cost, in thousandths of a euro, and what a letter takes of the staff's time. */
	page_mills: number;
	postage_mills: number;
	staff_seconds: number;
	printed_at: string | null;
	printed_by: string | null;
	posted_at: string | null;
	posted_by: string | null;
}

export interface LetterTable {
	message_id: number;
	batch_id: number;
	/** In the file, from 1. */
	position: number;
	pages: number;
}

export interface CallTryTable {
	id: Generated<number>;
	shop_id: number;
	message_id: number;
	at: string;
	who: string;
	outcome: string;
	/** When the customer wants to be called again. */
	again_at: string | null;
	/** The answers that were ticked, by question, as JSON. */
	answers: string | null;
	/** The staff's own words. */
	note: string | null;
}

/** Who is on a call at this moment. */
export interface CallLeaseTable {
	message_id: number;
	shop_id: number;
	who: string;
	until: string;
}

/** A step of the rollout that was opened, or fallen back to. The newest row is the shop's step; without one it is `data`. */
export interface RolloutChangeTable {
	id: Generated<number>;
	shop_id: number;
	step: string;
	/** `opened` or `fell-back`. */
	kind: string;
	at: string;
	who: string;
	/** What the criteria were at that moment, as JSON. */
	figures: string;
	note: string | null;
	/** The shop's own day; see shopToday(). */
	day: string | null;
}

/** A campaign that a brake stopped; open until a person resumes it. */
export interface CampaignHoldTable {
	id: Generated<number>;
	shop_id: number;
	/** The kind of the occasions. */
	campaign: string;
	/** Null: on every channel. */
	channel: string | null;
	/** Code of the brake. */
	reason: string;
	/** What the brake saw, as JSON. */
	figures: string;
	held_at: string;
	resumed_at: string | null;
	resumed_by: string | null;
	note: string | null;
}

/** In which group an occasion fell when the gate saw it first: by this the groups are compared, whatever became of it. */
export interface CampaignAssignmentTable {
	occasion_id: number;
	shop_id: number;
	customer_id: number;
	campaign: string;
	/** `contact` or `holdout`. */
	grp: string;
	/** The shop's day. */
	assigned_on: string;
	assigned_at: string;
}

/** The shop's phone as a linked device. */
export interface LinkedDeviceTable {
	shop_id: number;
	/** See `LinkedState`. */
	state: string;
	connected: number;
	/** E.164. */
	number: string | null;
	linked_at: string | null;
	/** Why nothing is sent until a person says so. */
	stopped_code: string | null;
	stopped_at: string | null;
	/** What the lead pairs the phone with, sealed with the store's secret. */
	qr: string | null;
	code: string | null;
	shown_until: string | null;
	/** What the Desk asks the session's holder to do, as JSON. */
	wish: string | null;
	/** The process that holds the session, and until when unless it says so again. */
	holder: string | null;
	held_until: string | null;
	updated_at: string;
}

/** Keys of the session; name and value mean nothing without the credential's secret. */
export interface LinkedDeviceKeyTable {
	shop_id: number;
	kind: string;
	name: string;
	value: string;
}

/** What the lead wants of a segment; open until it is ended or replaced. */
export interface SegmentGoalTable {
	id: Generated<number>;
	shop_id: number;
	segment: string;
	/** `return`, `second-pair` or `stay-in-touch`. */
	goal: string;
	months: number | null;
	/** Of a thousand customers of the segment. */
	target: number;
	due_on: string;
	set_by: string;
	/** The shop's day. */
	set_on: string;
	set_at: string;
	ended_at: string | null;
}

/** What a part of the system did last, and how often since the store counts. */
export interface SignOfLifeTable {
	shop_id: number;
	/** See `SignKind`. */
	what: string;
	/** Of the occasion kind, the channel or the like; never of a person. */
	name: string;
	last_at: string;
	times: number;
	/** How many things it did in all. */
	things: number;
	/** How the last one went wrong. */
	code: string | null;
	/** How often it should come. */
	every_minutes: number | null;
}

export interface Schema {
	shops: ShopTable;
	customers: CustomerTable;
	contact_points: ContactPointTable;
	consents: ConsentTable;
	consent_heads: ConsentHeadTable;
	consent_details: ConsentDetailTable;
	suppressions: SuppressionTable;
	occasions: OccasionTable;
	decisions: DecisionTable;
	messages: MessageTable;
	message_html: MessageHtmlTable;
	message_history: MessageHistoryTable;
	text_complaints: TextComplaintTable;
	desk_sessions: DeskSessionTable;
	desk_failures: DeskFailureTable;
	desk_accounts: DeskAccountTable;
	desk_languages: DeskLanguageTable;
	desk_log: DeskLogTable;
	equipment: EquipmentTable;
	exams: ExamTable;
	appointments: AppointmentTable;
	quotes: QuoteTable;
	households: HouseholdTable;
	merges: MergeTable;
	wordings: WordingTable;
	opt_in_requests: OptInRequestTable;
	rpo_checks: RpoCheckTable;
	erasures: ErasureTable;
	occasion_starts: OccasionStartTable;
	visit_rhythms: VisitRhythmTable;
	customer_answers: CustomerAnswerTable;
	customer_words: CustomerWordTable;
	own_dates: OwnDateTable;
	policy_versions: PolicyVersionTable;
	segment_watches: SegmentWatchTable;
	segment_members: SegmentMemberTable;
	own_templates: OwnTemplateTable;
	provider_events: ProviderEventTable;
	tickets: TicketTable;
	inbound_messages: InboundMessageTable;
	survey_answers: SurveyAnswerTable;
	frequent_questions: FrequentQuestionTable;
	senders: SenderTable;
	alerts: AlertTable;
	whatsapp_accounts: WhatsAppAccountTable;
	whatsapp_templates: WhatsAppTemplateTable;
	whatsapp_windows: WhatsAppWindowTable;
	letter_batches: LetterBatchTable;
	letters: LetterTable;
	call_tries: CallTryTable;
	call_leases: CallLeaseTable;
	rollout_changes: RolloutChangeTable;
	campaign_holds: CampaignHoldTable;
	campaign_assignments: CampaignAssignmentTable;
	linked_devices: LinkedDeviceTable;
	linked_device_keys: LinkedDeviceKeyTable;
	segment_goals: SegmentGoalTable;
	signs_of_life: SignOfLifeTable;
}

export type Row<Table extends keyof Schema> = Selectable<Schema[Table]>;
