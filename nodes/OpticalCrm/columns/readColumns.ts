import type { IExecuteFunctions, ResourceMapperValue } from 'n8n-workflow';
import type { KnownHeadings } from '../../../lib/imports/headings';
import type { MappingOverride } from '../../../lib/imports/mapping';

/** What the panel says of the columns. */
export interface Columns<F extends string> {
	/** The heading of each field, or null where none may fill it; undefined where all are guessed. */
	mapping?: MappingOverride<F>;
	/** What expressions make of an input item, by the text of the expression: columns beside those of the item. */
	computed(index: number): Record<string, unknown>;
}

/** `{{ $json.Cognome }}` or `{{ $json["Data di nascita"] }}`, as dragging a column onto a field writes it. */
const ITEM_FIELD = /^=\s*\{\{\s*\$json(?:\.([\p{L}_$][\p{L}\p{N}_$]*)|\[(["'])([^"'\\]+)\2\])\s*\}\}\s*$/u;

/**
 * Reads which heading fills which field. Where they are chosen, what is not chosen is left out, so that no consent comes in that nobody chose.
 * An expression that only takes a field of the item stands for that heading: working it out for each item would be slow.
 */
export function readColumns<F extends string>(context: IExecuteFunctions, { fields }: KnownHeadings<F>): Columns<F> {
	if (context.getNodeParameter('mapping', 0, 'guessed') !== 'chosen') return { computed: () => ({}) };
	// As it was entered: an expression is looked at before it is worked out.
	const { value } = context.getNode().parameters.columns as ResourceMapperValue;
	const isItems = context.getNodeParameter('source', 0) === 'items';
	const valueAt = (field: string, index: number) => context.getNodeParameter(`columns.value.${field}`, index);
	const mapping: Record<string, string | null> = Object.fromEntries(fields.map((field) => [field, null]));
	const expressions: Array<[field: string, heading: string]> = [];
	for (const [field, given] of Object.entries(value ?? {})) {
		const text = String(given ?? '').trim();
		const [, plain, , quoted] = (isItems && ITEM_FIELD.exec(text)) || [];
		if (plain ?? quoted) mapping[field] = plain ?? quoted;
		else if (text.startsWith('=') && isItems) expressions.push([field, (mapping[field] = text.slice(1))]);
		else mapping[field] = (text.startsWith('=') ? String(valueAt(field, 0) ?? '').trim() : text) || null;
	}
	return {
		mapping: mapping as MappingOverride<F>,
		computed: (index) => Object.fromEntries(expressions.map(([field, heading]) => [heading, valueAt(field, index)])),
	};
}
