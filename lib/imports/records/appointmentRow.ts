import type { NewAppointment } from '../../domain/records';
import { customerCode } from '../fields/code';
import { moment } from '../fields/recordDate';
import { appointmentStatus } from '../fields/recordWords';
import { plainText } from '../fields/text';
import { rowProblem, RowReader } from '../rowReader';
import type { Cells, Columns, Place, RowOptions, RowResult } from '../types';
import { present } from '../present';
import { ownerOfRow, type OwnerField } from './ownerOfRow';

/** A field of an appointment. */
export type AppointmentField = OwnerField | 'code' | 'kind' | 'startsAt' | 'status';

/** An appointment. A problem with the customer, the time or the status rejects it. */
export function appointmentRow(cells: Cells, columns: Columns<AppointmentField>, options: RowOptions, place: Place): RowResult<{ record: NewAppointment }> {
	const owner = ownerOfRow(cells, columns, options, place);
	if ('rejection' in owner) return { status: 'rejected', ...owner };
	const row = new RowReader<AppointmentField>(cells, columns, place);
	const startsAt = row.text('startsAt') === '' ? {} : moment(row.text('startsAt'), options);
	if (startsAt.problem) return { status: 'rejected', rejection: rowProblem(place, 'startsAt', startsAt.problem) };
	const status = appointmentStatus(row.text('status'));
	if (status.problem) return { status: 'rejected', rejection: rowProblem(place, 'status', status.problem) };
	const kind = row.value('kind', (text) => plainText(text, 60));
	const record: NewAppointment = { ...owner, ...present({ code: row.value('code', customerCode), kind, startsAt: startsAt.value, status: status.value }) };
	return { status: 'accepted', record, warnings: row.warnings };
}
