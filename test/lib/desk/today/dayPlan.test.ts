import { momentOf, readCallAction, type TypedCall } from '../../../../lib/desk/calls/action';
import { planDay } from '../../../../lib/desk/today/dayPlan';
import { readLetterAction } from '../../../../lib/desk/letters/action';
import { readTicketAction } from '../../../../lib/desk/tickets/action';
import { readForm, type Form } from '../../../../lib/web/form';

const MINUTES = { uncertain: 2, ticket: 3, call: 4, approval: 0.5, letter: 1.5, review: 3 };
const form = (fields: Record<string, string>) => readForm(fields) as Form;

describe('planDay', () => {
	it('has no more calls than the day has room for, in the order in which work matters', () => {
		const plan = planDay({ counts: { uncertain: 1, ticket: 0, call: 60, approval: 5, letter: 1, review: 0 }, callsPerDay: 12, callsMade: 4 }, MINUTES);
		expect(plan).toEqual([
			{ kind: 'uncertain', count: 1, tomorrow: 0, minutes: 2 }, { kind: 'call', count: 8, tomorrow: 52, minutes: 32 },
			{ kind: 'approval', count: 5, tomorrow: 0, minutes: 3 }, { kind: 'letter', count: 1, tomorrow: 0, minutes: 2 },
		]);
		expect(planDay({ counts: { uncertain: 0, ticket: 0, call: 3, approval: 0, letter: 0, review: 0 }, callsPerDay: 2, callsMade: 5 }, MINUTES)).toEqual([{ kind: 'call', count: 0, tomorrow: 3, minutes: 0 }]);
	});
});

describe('reading forms', () => {
	it('reads how a call went, with its ticks, and leaves other forms alone', () => {
		expect(readCallAction(form({ action: 'callRefusesCalls', call: '7', note: ' x\u0007 ', 'tick-near': 'no', 'tick-far': '' }))).toEqual({ kind: 'recordCall', id: 7, typed: { button: 'callRefusesCalls', bookedAt: '', againAt: '', ticked: { near: 'no' }, note: 'x' } });
		for (const [action, call] of [['toString', '7'], ['callReached', ''], ['takeCall', '-1']]) expect(readCallAction(form({ action, call }))).toBeUndefined();
	});

	it('reads letters and tickets', () => {
		expect(readLetterAction(form({ action: 'rejectLetter', letter: '3', reason: 'timing', note: 'dopo' }))).toEqual({ kind: 'rejectLetter', id: 3, inBatch: false, why: 'timing: dopo' });
		expect(readLetterAction(form({ action: 'rejectLetter', letter: '3', reason: 'because' }))).toBeUndefined();
		expect(readTicketAction(form({ action: 'assignTicket', ticket: '3' }))).toBeUndefined();
		expect(readTicketAction(form({ action: 'answerTicket', ticket: '3', text: ' ciao ' }))).toEqual({ kind: 'answerTicket', id: 3, text: 'ciao' });
	});

	it('takes a time as one of the shop’s clock, ahead of now', () => {
		const typed = (bookedAt: string): TypedCall => ({ button: 'callBooked', bookedAt, againAt: '', ticked: {}, note: '' });
		const at = (text: string) => momentOf(typed(text), 'Europe/Rome', '2026-11-24T10:00:00.000Z');
		expect(at('2026-11-24T11:01')).toEqual({ at: '2026-11-24T10:01:00.000Z' });
		expect(at('2026-11-24T11:00')).toEqual({ fault: 'bookedPast' });
		for (const wrong of ['', '2026-02-30T10:00', '2026-11-24', '2026-11-24T25:00', 'domani']) expect(at(wrong)).toEqual({ fault: 'bookedMissing' });
		expect(momentOf({ ...typed(''), button: 'callReached' }, 'Europe/Rome', '2026-11-24T10:00:00.000Z')).toEqual({});
	});
});
