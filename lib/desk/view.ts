import { only, positive, readForm, typedLine, type Form } from '../web/form';

export const FLASH_CODES = ['approved', 'rejected', 'saved', 'arrived', 'notArrived', 'mayContact', 'mayNotContact', 'undone', 'putOff', 'otherChannel', 'notOnChannel', 'never', 'complained', 'opened', 'fellBack', 'resumed', 'goalSet', 'goalEnded', 'nothing',
	'alertSeen', 'callRecorded', 'callReleased', 'batchMade', 'batchNone', 'batchPrinted', 'batchPosted', 'lettersTakenOut', 'lettersRejected', 'ticketAnswered', 'ticketClosed', 'ticketAssigned', 'passwordChanged', 'languageChosen', 'sessionsEnded', 'accountChanged', 'preferenceSaved', 'consentRecorded', 'consentKnown', 'phoneAsked', 'phoneResumed'] as const;

/** What the last action did (`nothing`: nothing was selected, or all was left alone): numbers and codes only, so that an address can put no words into the page. */
export interface Flash {
	code: (typeof FLASH_CODES)[number];
	/** For how many messages it was done. */
	count: number;
	/** How many were left alone because somebody else had changed or decided them since the person saw them. */
	left?: number;
	/** What it is taken back by: the instant of the decision, in milliseconds. */
	undo?: number;
}

/** A place in a list. */
export interface Place {
	/** From 1. */
	page: number;
	/** Kind to which the list is narrowed: of an occasion, or what else the list has kinds of. */
	kind?: string;
	/** Channel and template to which it is narrowed too. */
	channel?: string;
	template?: string;
	/** What is searched for. */
	q?: string;
	/** Entry to which the browser scrolls. */
	at?: number;
}

/** Pages that stand by themselves; Today is the one without a name in its address. */
export const LIST_PAGES = ['today', 'approve', 'sample', 'texts', 'calls', 'letters', 'tickets', 'customers', 'rollout', 'workflows', 'results', 'phone', 'health', 'accounts', 'account'] as const;
/** Pages about one thing, which has an id. */
export const THING_PAGES = ['message', 'preview', 'channels', 'call', 'callEntry', 'batch', 'batchPdf', 'batchCsv', 'ticket', 'customer'] as const;
export type ListPage = (typeof LIST_PAGES)[number];
export type ThingPage = (typeof THING_PAGES)[number];
/** Longest search, in characters. */
export const SEARCH_LIMIT = 100;

/** What a GET asks for. */
export type DeskView =
	| { view: ListPage; place: Place; flash?: Flash }
	| { view: ThingPage; id: number; place: Place; flash?: Flash }
	| { view: 'unknown' };

/** Reads the query of a GET. Changes nothing and believes nothing: what it does not know is `unknown`, to be answered with 404. */
export function parseDeskView(query: unknown): DeskView {
	const form = readForm(query);
	if (!form) return { view: 'unknown' };
	const [wanted, id] = [only(form, 'view') || 'today', positive(only(form, 'id'))];
	const [list, thing] = [LIST_PAGES.find((name) => name === wanted), THING_PAGES.find((name) => name === wanted)];
	if (list) return { view: list, place: placeOf(form), ...flashOf(form) };
	return thing && id ? { view: thing, id, place: placeOf(form), ...flashOf(form) } : { view: 'unknown' };
}

/** The address of a view: a query of this same page, whatever path or proxy it is served under. */
export function deskAddress(view: DeskView): string {
	if (view.view === 'unknown') return '?';
	const query = new URLSearchParams();
	const put = (name: string, value: string | number | undefined) => value && query.set(name, String(value));
	if (view.view !== 'today') put('view', view.view);
	if ('id' in view) put('id', view.id);
	if (view.place.page > 1) put('page', view.place.page);
	put('kind', view.place.kind);
	put('channel', view.place.channel);
	put('template', view.place.template);
	put('q', view.place.q);
	put('at', view.place.at);
	put('done', view.flash?.code);
	put('n', view.flash?.count);
	put('left', view.flash?.left);
	put('undo', view.flash?.undo);
	return `?${query}${'id' in view || !view.place.at ? '' : `#m${view.place.at}`}`;
}

/** The same view out of a hidden field that deskAddress() had filled. */
export function viewOfAddress(address: string): DeskView {
	const query = new URLSearchParams(address.split('#')[0]);
	return parseDeskView(Object.fromEntries(query));
}

function placeOf(form: Form): Place {
	const [kind, channel, template] = ['kind', 'channel', 'template'].map((name) => only(form, name).slice(0, 100));
	const [q, at] = [typedLine(only(form, 'q')).slice(0, SEARCH_LIMIT).trim(), positive(only(form, 'at'))];
	return { page: Math.min(positive(only(form, 'page')) ?? 1, 1_000_000), ...(kind && { kind }), ...(channel && { channel }), ...(template && { template }), ...(q && { q }), ...(at && { at }) };
}

function flashOf(form: Form): { flash?: Flash } {
	const code = FLASH_CODES.find((one) => one === only(form, 'done'));
	if (!code) return {};
	const [left, undo] = [positive(only(form, 'left')), positive(only(form, 'undo'))];
	return { flash: { code, count: positive(only(form, 'n')) ?? 0, ...(left && { left }), ...(undo && { undo }) } };
}
