import type { ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';
import { CUSTOMER_HEADINGS, guessMapping, type KnownHeadings } from '../../../lib/imports/headings';
import { EXAMS, SALES } from '../../../lib/imports/records/exportKinds';
import { CUSTOMER_NAMES, EXAM_NAMES, SALE_NAMES } from './fieldNames';
import { headingsOfLine } from './headingsOfLine';

/** What can be imported, by resource. */
const IMPORTS: Record<string, { known: KnownHeadings<string>; names: Record<string, string> }> = {
	customer: { known: CUSTOMER_HEADINGS, names: CUSTOMER_NAMES },
	equipment: { known: SALES.headings, names: SALE_NAMES },
	exam: { known: EXAMS.headings, names: EXAM_NAMES },
};

/**
 * The fields that a column can fill. Where the headings are known, each field offers them, the recognised ones are chosen already, and the
 * fields that no heading was recognised for can be added. Else a heading is typed.
 */
export async function importFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const { known, names } = IMPORTS[this.getCurrentNodeParameter('resource') as string];
	const headings = headingsShown(this, known);
	const { mapping } = guessMapping(headings, known);
	const options = headings.map((heading) => ({ name: heading, value: heading }));
	return {
		fields: known.fields.map((id) => ({
			id,
			displayName: names[id] ?? id,
			required: false,
			defaultMatch: false,
			display: true,
			...(options.length === 0 ? { type: 'string' } : { type: 'options', options, removed: mapping[id] === undefined, defaultValue: mapping[id] }),
		})),
	};
}

/** The headings as far as the panel knows them: of the first input item, or of the line that somebody pasted. */
function headingsShown(context: ILoadOptionsFunctions, known: KnownHeadings<string>): string[] {
	const isItems = context.getCurrentNodeParameter('source') === 'items';
	const given = context.getCurrentNodeParameter(isItems ? 'itemHeadings' : 'firstLine') as unknown;
	if (Array.isArray(given)) return given.map(String).filter((heading) => heading.trim() !== '');
	// An expression that the editor could not resolve stays as it is.
	return typeof given === 'string' && !given.startsWith('=') ? headingsOfLine(given, known) : [];
}
