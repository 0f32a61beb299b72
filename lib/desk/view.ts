import { only, positive, readForm, type Form } from '../web/form';

export const FLASH_CODES = ['approved', 'rejected', 'saved', 'arrived', 'notArrived', 'mayContact', 'mayNotContact', 'nothing'] as const;

/** What the last action did (`nothing`: nothing was selected, or all was left alone): numbers and codes only, so that an address can put no words into the page. */
export interface Flash {
	code: (typeof FLASH_CODES)[number];
	/** For how many messages it was done. */
	count: number;
	/** How many were left alone because somebody else had changed or decided them since the person saw them. */
	left?: number;
}

/** A place on Today. */
export interface TodayPlace {
	/** From 1. */
	page: number;
	/** Occasion kind to which the list is narrowed. */
	kind?: string;
	/** Message to which the browser scrolls. */
	at?: number;
}

/** What a GET asks for. */
export type DeskView =
	| { view: 'today'; place: TodayPlace; flash?: Flash }
	| { view: 'message'; id: number; place: TodayPlace; flash?: Flash }
	| { view: 'preview'; id: number }
	| { view: 'unknown' };

/** Reads the query of a GET. Changes nothing and believes nothing: what it does not know is `unknown`, to be answered with 404. */
export function parseDeskView(query: unknown): DeskView {
	const form = readForm(query);
	if (!form) return { view: 'unknown' };
	const [view, id] = [only(form, 'view') || 'today', positive(only(form, 'id'))];
	if (view === 'today') return { view, place: placeOf(form), ...flashOf(form) };
	if (view === 'message' && id) return { view, id, place: placeOf(form), ...flashOf(form) };
	return view === 'preview' && id ? { view, id } : { view: 'unknown' };
}

/** The address of a view: a query of this same page, whatever path or proxy it is served under. */
export function deskAddress(view: DeskView): string {
	if (view.view === 'unknown') return '?';
	const query = new URLSearchParams();
	const put = (name: string, value: string | number | undefined) => value && query.set(name, String(value));
	if (view.view !== 'today') put('view', view.view);
	if ('id' in view) put('id', view.id);
	if (!('place' in view)) return `?${query}`;
	if (view.place.page > 1) put('page', view.place.page);
	put('kind', view.place.kind);
	put('at', view.place.at);
	put('done', view.flash?.code);
	put('n', view.flash?.count);
	put('left', view.flash?.left);
	return `?${query}${view.view === 'today' && view.place.at ? `#m${view.place.at}` : ''}`;
}

/** The same view out of a hidden field that deskAddress() had filled. */
export function viewOfAddress(address: string): DeskView {
	const query = new URLSearchParams(address.split('#')[0]);
	return parseDeskView(Object.fromEntries(query));
}

function placeOf(form: Form): TodayPlace {
	const [kind, at] = [only(form, 'kind').slice(0, 100), positive(only(form, 'at'))];
	return { page: Math.min(positive(only(form, 'page')) ?? 1, 1_000_000), ...(kind && { kind }), ...(at && { at }) };
}

function flashOf(form: Form): { flash?: Flash } {
	const code = FLASH_CODES.find((one) => one === only(form, 'done'));
	if (!code) return {};
	const left = positive(only(form, 'left'));
	return { flash: { code, count: positive(only(form, 'n')) ?? 0, ...(left && { left }) } };
}
