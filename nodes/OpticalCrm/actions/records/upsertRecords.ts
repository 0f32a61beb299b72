import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { CrmError } from '../../../../lib/domain/errors';
import type { NewRecord, RecordOwner } from '../../../../lib/domain/records';
import type { Mapping } from '../../../../lib/imports/headings';
import { now } from '../../../shared/clock';
import { wholeId } from '../../../shared/parameters';
import { storeOf } from '../../../shared/store';
import { answersOf, customerField } from '../customer/customerField';
import { rowOptions, withHint, type RecordNode } from './recordNode';

/** Whose the record is. */
export const ownerField: INodeProperties = {
	...customerField,
	default: { mode: 'code', value: '' },
	required: false,
	description: 'Whose it is. Leave it empty to find the customer by Last Name, First Name and Birth Date under Additional Fields, or to change a record by its own code.',
};

/** The additional fields by which a customer without a code is found. */
export const ownerOptions: INodeProperties[] = [
	{ displayName: 'Customer Birth Date', name: 'birthDate', type: 'string', default: '', placeholder: 'e.g. 1979-04-26' },
	{ displayName: 'Customer First Name', name: 'firstName', type: 'string', default: '', placeholder: 'e.g. Giulia' },
	{ displayName: 'Customer Last Name', name: 'lastName', type: 'string', default: '', placeholder: 'e.g. De Luca' },
];

/**
 * Saves the record of each item, all in one go.
 * @param names the parameters that stand on the panel itself; the others are additional fields
 */
export async function upsertRecords<Fields, F extends string>(context: IExecuteFunctions, { read, save }: RecordNode<Fields, F>, names: readonly string[]): Promise<INodeExecutionData[][]> {
	const store = await storeOf(context);
	const { output, fail } = answersOf(context);
	const options = rowOptions(store, now());
	const given = context.getInputData().flatMap((_, index) => {
		try {
			const own = Object.fromEntries(names.map((name) => [name, context.getNodeParameter(name, index, '')]));
			const { customerId, ...owner } = ownerOf(context, index);
			const cells: IDataObject = { ...own, ...(context.getNodeParameter('additionalFields', index, {}) as IDataObject), ...owner };
			const mapping = Object.fromEntries(Object.keys(cells).map((field) => [field, field])) as Mapping<F>;
			const result = read(cells, mapping, options, { row: 1 });
			if (result.status === 'rejected') throw refusal(result.rejection);
			const record: NewRecord<Fields> = { ...result.record, ...(customerId !== undefined && { customerId }) };
			return [{ index, record, leftOut: result.warnings.map(({ field, reason }) => `${field}: ${reason}`) }];
		} catch (error) {
			fail(index, error);
			return [];
		}
	});
	const results = (await save(store, given.map(({ record }) => record), now())).map(withHint);
	results.forEach((result, position) => {
		const { index, leftOut } = given[position];
		if (result.status === 'rejected') fail(index, refusal(result));
		else output[index] = { json: { ...result, leftOut }, pairedItem: { item: index } };
	});
	return [output];
}

function refusal({ field, reason, hint }: { field: string; reason: string; hint: string }): CrmError {
	return new CrmError(`${field} cannot be used (${reason})`, hint);
}

function ownerOf(context: IExecuteFunctions, index: number): RecordOwner {
	const { mode, value } = context.getNodeParameter('customer', index) as { mode: string; value: string | number | null };
	const text = String(value ?? '').trim();
	if (text === '') return {};
	return mode === 'code' ? { customerCode: text } : { customerId: wholeId('Customer', text) };
}
