import { DateTime } from 'luxon';
import type { CustomerFacts } from '../../../lib/occasions/facts';

/**
 * The slow and obvious second opinion on what is due when, written from the description of the kinds and without a line of the product's
 * rules: Luxon reckons the dates, lists are gone through one by one. Days of a person on which something of a kind is due, with the stage.
 */
export interface ObviousDue {
	stage: number;
	dueOn: string;
}

const at = (day: string) => DateTime.fromISO(day, { zone: 'utc' });
const iso = (moment: DateTime) => moment.toISODate() as string;
const first = (dueOn: string): ObviousDue => ({ stage: 1, dueOn });

export const obvious = {
	vision({ birthDate, exams, equipment }: CustomerFacts, today: string): ObviousDue[] {
		let last: string | undefined;
		for (const { kind, takenOn } of exams) if (kind !== 'other' && (last === undefined || takenOn > last)) last = takenOn;
		if (last === undefined) return [];
		let byHand: string | undefined;
		for (const { kind, takenOn, nextDueOn } of exams) {
			if (kind !== 'other' && takenOn === last && nextDueOn !== undefined && (byHand === undefined || nextDueOn < byHand)) byHand = nextDueOn;
		}
		if (byHand !== undefined) return [first(byHand)];
		let isYearly = false;
		if (birthDate !== undefined) {
			let age = 0;
			const [born, month, day] = birthDate.split('-').map(Number);
			const [year, thisMonth, thisDay] = last.split('-').map(Number);
			age = year - born - (thisMonth < month || (thisMonth === month && thisDay < day) ? 1 : 0);
			isYearly = age < 18 || age >= 60;
		}
		for (const { kind, returnedOn, deliveredOn, orderedOn } of equipment) {
			const sold = deliveredOn ?? (orderedOn as string);
			if (kind === 'contact-lenses' && returnedOn === undefined && sold >= iso(at(today).minus({ months: 24 }))) isYearly = true;
		}
		return [first(iso(at(last).plus({ months: isYearly ? 12 : 24 })))];
	},

	eyewear({ equipment }: CustomerFacts): ObviousDue[] {
		const deliveries = equipment.filter(({ kind, returnedOn, deliveredOn }) => kind === 'spectacles' && !returnedOn && deliveredOn).map(({ deliveredOn }) => deliveredOn as string);
		if (deliveries.length === 0) return [];
		const last = deliveries.sort()[deliveries.length - 1];
		return [6, 18, 30, 42, 54].map((months) => first(iso(at(last).plus({ months }))));
	},

	survey({ equipment }: CustomerFacts): ObviousDue[] {
		let last: string | undefined;
		for (const { kind, returnedOn, deliveredOn } of equipment) if (kind === 'spectacles' && !returnedOn && deliveredOn && (last === undefined || deliveredOn > last)) last = deliveredOn;
		return last === undefined ? [] : [first(iso(at(last).plus({ days: 30 })))];
	},

	lenses({ equipment }: CustomerFacts): ObviousDue[] {
		const sold = equipment.filter(({ kind, returnedOn }) => kind === 'contact-lenses' && !returnedOn).map((pair) => ({ day: (pair.deliveredOn ?? pair.orderedOn) as string, days: pair.supplyDays }));
		let end: { day: string; end: string } | undefined;
		for (const { day, days } of sold) {
			if (days === undefined) continue;
			const ends = iso(at(day).plus({ days }));
			if (end === undefined || ends > end.end) end = { day, end: ends };
		}
		if (end === undefined) return [];
		for (const { day, days } of sold) if (days === undefined && day > end.day) return [];
		return [first(iso(at(end.end).minus({ days: 10 })))];
	},

	dormant({ exams, equipment, appointments }: CustomerFacts): ObviousDue[] {
		const days = new Set<string>();
		for (const { takenOn } of exams) days.add(takenOn);
		for (const { orderedOn, deliveredOn } of equipment) for (const day of [orderedOn, deliveredOn]) if (day) days.add(day);
		for (const { status, startsOn } of appointments) if (status === 'kept') days.add(startsOn);
		const all = [...days].sort();
		if (all.length === 0) return [];
		const starts: string[] = [];
		all.forEach((day, index) => {
			if (index === 0 || at(day).diff(at(all[index - 1]), 'days').days > 60) starts.push(day);
		});
		const gaps: number[] = [];
		for (let index = 1; index < starts.length; index++) gaps.push(at(starts[index]).diff(at(starts[index - 1]), 'days').days);
		gaps.sort((a, b) => a - b);
		const last = all[all.length - 1];
		if (gaps.length < 2) return [first(iso(at(last).plus({ months: 30 })))];
		const median = gaps.length % 2 === 1 ? gaps[(gaps.length - 1) / 2] : (gaps[gaps.length / 2 - 1] + gaps[gaps.length / 2]) / 2;
		let rhythm = Math.round(median / (365.2425 / 12));
		if (rhythm < 1) rhythm = 1;
		if (rhythm > 60) rhythm = 60;
		let months = Math.round(rhythm * 1.5);
		if (months < 12) months = 12;
		if (months > 48) months = 48;
		return [first(iso(at(last).plus({ months })))];
	},

	orderReady({ equipment }: CustomerFacts): ObviousDue[] {
		return equipment.filter(({ readyOn, deliveredOn, returnedOn }) => readyOn && !deliveredOn && !returnedOn).map(({ readyOn }) => first(readyOn as string));
	},

	missedAppointment({ appointments }: CustomerFacts): ObviousDue[] {
		return appointments.filter(({ status }) => status === 'missed').map(({ startsOn }) => first(iso(at(startsOn).plus({ days: 1 }))));
	},

	openQuote({ quotes }: CustomerFacts, today: string): ObviousDue[] {
		return quotes.filter(({ status, validUntil }) => status === 'open' && !(validUntil && validUntil < today)).map(({ madeOn }) => first(iso(at(madeOn).plus({ days: 7 }))));
	},

	progressive({ equipment, answers }: CustomerFacts): ObviousDue[] {
		const kept = equipment.filter(({ lensType, deliveredOn, returnedOn }) => lensType === 'progressive' && deliveredOn && !returnedOn);
		if (kept.length === 0) return [];
		let pair = kept[0];
		for (const other of kept) if ((other.deliveredOn as string) > (pair.deliveredOn as string)) pair = other;
		const day = pair.deliveredOn as string;
		let isFirst = true;
		for (const other of kept) if ((other.deliveredOn as string) < day) isFirst = false;
		if (pair.firstProgressive !== undefined) isFirst = pair.firstProgressive;
		const due: ObviousDue[] = [{ stage: 1, dueOn: iso(at(day).plus({ days: 7 })) }, { stage: 3, dueOn: iso(at(day).plus({ months: 6 })) }];
		let isFine = false;
		for (const { kind, answer, answeredOn } of answers) {
			if (kind !== 'progressive' || answeredOn < day) continue;
			if (answer === 'wrong') due.push({ stage: 2, dueOn: answeredOn });
			if (answer === 'fine') isFine = true;
		}
		if (isFirst && !isFine) due.push({ stage: 2, dueOn: iso(at(day).plus({ days: 21 })) });
		return due;
	},

	welcome({ enteredOn }: CustomerFacts): ObviousDue[] {
		return enteredOn ? [first(iso(at(enteredOn).plus({ days: 2 })))] : [];
	},

	ownDate({ exams, equipment, ownDates, enteredOn }: CustomerFacts, source: string): ObviousDue[] {
		const days: string[] = [];
		if (source === 'ownDate') for (const { day } of ownDates) days.push(day);
		if (source === 'entered' && enteredOn) days.push(enteredOn);
		if (source === 'exam') for (const { kind, takenOn } of exams) if (kind !== 'other') days.push(takenOn);
		if (source === 'delivery') for (const { kind, deliveredOn, returnedOn } of equipment) if (kind === 'spectacles' && deliveredOn && !returnedOn) days.push(deliveredOn);
		return days.sort().slice(-1).map((day) => first(iso(at(day).plus({ days: 5 }))));
	},
};
