import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { NewRecord } from '../../../../lib/domain/records';
import type { ExportKind } from '../../../../lib/imports/exportKind';
import { readExport } from '../../../../lib/imports/readExport';
import { readRows } from '../../../../lib/imports/readRows';
import { now } from '../../../shared/clock';
import { storeOf } from '../../../shared/store';
import { readColumns } from '../../columns/readColumns';
import { importRows, type MendItem } from '../importRows';
import { importSources } from '../importSource';
import { noteImport } from '../noteImport';
import { rowOptions, withHint, type RecordNode } from './recordNode';

/** Imports the records of files or items: a summary of each on the first output, what is to be mended on the second. */
export async function importRecords<Fields, F extends string>(
	context: IExecuteFunctions,
	kind: ExportKind<F, { record: NewRecord<Fields> }>,
	{ save }: Pick<RecordNode<Fields, F>, 'save'>,
): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const columns = readColumns(context, kind.headings);
	const options = { ...rowOptions(store, now()), mapping: columns.mapping };
	return await importSources<MendItem>(context, columns, async (content, mend) => {
		const events = 'rows' in content ? readRows(content.rows, options, kind) : readExport(content.bytes, options, kind);
		const saveBatch = async (rows: Array<{ record: NewRecord<Fields> }>) => (await save(store, rows.map(({ record }) => record), now())).map(withHint);
		return await noteImport(context, store, async () => await importRows(events, saveBatch, mend));
	});
}
