import type { SegmentSettings, PurchaseModel } from '../../../lib/domain/segment';
import type { LensType } from '../../../lib/domain/records';

/** A customer with all that the shop knows, as a test makes one. Days are `YYYY-MM-DD`. */
export interface Shopper {
	birthDate: string | null;
	sex: 'F' | 'M' | null;
	language: 'it' | 'en' | null;
	/** Addresses as the store keeps them. */
	addresses: Array<{ value: string; preferred: boolean }>;
	enteredOn: string;
	present: boolean;
	sales: Array<{ kind: string; lensType: LensType | null; cents: number | null; orderedOn: string | null; deliveredOn: string | null; returned: boolean; first: boolean | null; supplyDays: number | null; usefulMonths: number | null }>;
	exams: string[];
	appointments: Array<{ day: string; status: string }>;
	quotes: Array<{ madeOn: string; validUntil: string | null; status: string }>;
	answers: Array<{ day: string; answer: string }>;
	messages: Array<{ sentOn: string; channel: string; state: string; rehearsed: boolean }>;
}

/** The slow and obvious second opinion on a customer's facts, without a line of the product's code. */
export function obviousFacts(one: Shopper, everybody: readonly Shopper[], today: string, settings: SegmentSettings, model: PurchaseModel): Record<string, unknown> {
	const sales = one.sales.filter(({ returned }) => !returned);
	const days = purchaseDays(one, today);
	const spent = centsOf(one, today);
	const [first, last] = [days[0], days[days.length - 1]];
	const score = (valueOf: (shopper: Shopper) => number | string) => (days.length === 0 ? null : fifth(everybody.filter((shopper) => purchaseDays(shopper, today).length > 0).map(valueOf), valueOf(one)));
	const monetary = score((shopper) => centsOf(shopper, today)) ?? 0;
	const worn = sales.filter(({ deliveredOn }) => deliveredOn !== null && deliveredOn <= today);
	const spectacles = worn.filter(({ kind }) => kind === 'spectacles');
	const inUse = spectacles.filter(({ deliveredOn, usefulMonths, lensType }) => today < addMonthsOpen(deliveredOn as string, usefulMonths ?? settings.usefulMonths[lensType ?? 'single-vision'], today));
	const has = (...types: string[]) => inUse.some(({ lensType }) => types.includes(lensType ?? ''));
	const progressives = worn.filter(({ lensType }) => lensType === 'progressive');
	const told = inUse.filter(({ lensType }) => lensType === 'progressive').map(({ first: said }) => said).filter((said) => said !== null);
	const lensEnds = worn.filter(({ kind }) => kind === 'contact-lenses').map(({ deliveredOn, supplyDays }) => number(deliveredOn as string) + (supplyDays ?? settings.supplyDays));
	const exams = one.exams.filter((day) => day <= today).sort();
	const since = addMonths(today, -settings.relationMonths);
	const sent = one.messages.filter(({ sentOn, rehearsed }) => !rehearsed && sentOn >= since && sentOn <= today);
	const bought = one.sales.flatMap(({ orderedOn, deliveredOn }) => orderedOn ?? deliveredOn ?? []);
	const visits = [...bought, ...exams, ...one.appointments.filter(({ status }) => status === 'kept').map(({ day }) => day)].filter((day) => day <= today);
	const answered = sent.filter(({ sentOn }) => visits.some((day) => number(day) >= number(sentOn) && number(day) <= number(sentOn) + settings.answerDays));
	const ago = (day: string | undefined) => (day === undefined ? null : number(today) - number(day));
	const next = days.length === 0 ? null : daysToNext(days, today, model);
	return {
		age: one.birthDate === null ? null : Number(today.slice(0, 4)) - Number(one.birthDate.slice(0, 4)) - (today.slice(5) < one.birthDate.slice(5) ? 1 : 0),
		sex: one.sex, language: one.language, town: townOf(one), daysKnown: ago(one.enteredOn),
		lifecycle: stage(days, today, settings, monetary),
		purchases: days.length, spent: spent / 100, averageBasket: days.length === 0 ? null : spent / 100 / days.length,
		lastPurchaseOn: last ?? null, daysSincePurchase: ago(last),
		recency: score((shopper) => purchaseDays(shopper, today).at(-1) as string), frequency: score((shopper) => purchaseDays(shopper, today).length), monetary: monetary || null,
		pairsInUse: inUse.length, sunInUse: has('sun'), daysSinceDelivery: ago(spectacles.map(({ deliveredOn }) => deliveredOn as string).sort().at(-1)),
		prescriptionInUse: has('single-vision', 'progressive', 'office', 'reading'), progressiveInUse: has('progressive'), officeInUse: has('office'),
		firstProgressive: has('progressive') && (told.length > 0 ? told.includes(true) : progressives.length === 1),
		contactLensesInUse: lensEnds.some((end) => end + settings.lensesGraceDays >= number(today)), daysToLensesEnd: lensEnds.length === 0 ? null : Math.max(...lensEnds) - number(today),
		daysSinceExam: ago(exams.at(-1)),
		appointmentBooked: one.appointments.some(({ day, status }) => status === 'booked' && day >= today),
		missedAppointments: one.appointments.filter(({ day, status }) => status === 'missed' && day >= since && day <= today).length,
		openQuotes: one.quotes.filter(({ madeOn, validUntil, status }) => status === 'open' && madeOn <= today && (validUntil === null || validUntil >= today)).length,
		messagesReceived: sent.length, messagesRead: sent.filter(({ state }) => state === 'read').length, messagesAnswered: answered.length,
		daysSinceMessage: ago(sent.map(({ sentOn }) => sentOn).sort().at(-1)), workingChannel: bestChannel(answered),
		satisfaction: one.answers.filter(({ day, answer }) => day <= today && answer !== 'other').reduce((best, said) => (best.day <= said.day ? said : best), { day: '', answer: null as string | null }).answer,
		aliveProbability: days.length === 0 ? null : active(days, today, model), daysToNextPurchase: next,
		nextPurchaseOn: next === null ? null : new Date((number(today) + next) * 86_400_000).toISOString().slice(0, 10),
		first,
	};
}

function purchaseDays({ sales }: Shopper, today: string): string[] {
	const days = sales.filter(({ returned }) => !returned).map(({ orderedOn, deliveredOn }) => orderedOn ?? deliveredOn).filter((day) => day !== null && day <= today);
	return [...new Set(days as string[])].sort();
}

function centsOf({ sales }: Shopper, today: string): number {
	return sales.filter(({ returned, orderedOn, deliveredOn }) => !returned && (orderedOn ?? deliveredOn ?? '9999') <= today).reduce((sum, { cents }) => sum + (cents ?? 0), 0);
}

function stage(days: string[], today: string, settings: SegmentSettings, monetary: number): string {
	const last = days.at(-1);
	if (last === undefined) return 'prospect';
	if (last <= addMonths(today, -settings.lapsedMonths)) return 'lapsed';
	if (last <= addMonths(today, -settings.atRiskMonths)) return 'at-risk';
	if (days.length === 1 && last > addMonths(today, -settings.newMonths)) return 'new';
	return days.length >= settings.firstPlanPurchases && monetary >= settings.firstPlanScore ? 'first-plan' : 'growing';
}

/** In which fifth of all values one lies: equal ones lie where their middle does. */
function fifth(values: Array<number | string>, own: number | string): number {
	const less = values.filter((value) => value < own).length;
	const equal = values.filter((value) => value === own).length;
	return 1 + Math.floor((5 * (less + equal / 2)) / values.length);
}

function bestChannel(answered: Shopper['messages']): string | null {
	const channels = [...new Set(answered.map(({ channel }) => channel))].map((channel) => {
		const own = answered.filter((message) => message.channel === channel);
		return { channel, count: own.length, last: own.map(({ sentOn }) => sentOn).sort().at(-1) as string };
	});
	channels.sort((one, other) => other.count - one.count || (one.last < other.last ? 1 : one.last > other.last ? -1 : one.channel < other.channel ? -1 : 1));
	return channels[0]?.channel ?? null;
}

function active(days: string[], today: string, model: PurchaseModel): number {
	const [first, last, now] = [days[0], days[days.length - 1], today].map(number);
	if (model.kind === 'interval') return Math.min(1, Math.max(0, 1.5 - 0.5 * ((now - last) / ((model.days + last - first) / days.length))));
	const { r, alpha, a, b } = model;
	const x = days.length - 1;
	return x === 0 ? 1 : 1 / (1 + (a / (b + x - 1)) * ((alpha + (now - first) / 7) / (alpha + (last - first) / 7)) ** (r + x));
}

function daysToNext(days: string[], today: string, model: PurchaseModel): number {
	const [first, last, now] = [days[0], days[days.length - 1], today].map(number);
	if (model.kind === 'interval') return Math.round(Math.max(0, (model.days + last - first) / days.length - (now - last)));
	return Math.round(Math.min(36_500, 7 * (model.alpha + (now - first) / 7) * (2 ** (1 / (model.r + days.length - 1)) - 1)));
}

function number(day: string): number {
	return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** So many months later or earlier; the last day of the month where it is shorter. */
function addMonths(day: string, months: number): string {
	const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
	const last = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate();
	return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}-${String(Math.min(last, Number(day.slice(8)))).padStart(2, '0')}`;
}

/** The first day on which something is used up that was handed over so many months before: the first whose own day, as many months back, is not before the delivery. */
function addMonthsOpen(delivered: string, months: number, today: string): string {
	return delivered > addMonths(today, -months) ? '9999-12-31' : today;
}

function townOf({ addresses }: Shopper): string | null {
	const named = addresses.flatMap(({ value, preferred }) => (value.startsWith('{') && (JSON.parse(value) as { town?: string }).town ? [{ town: String((JSON.parse(value) as { town: string }).town), preferred }] : []));
	const wanted = named.some(({ preferred }) => preferred) ? named.filter(({ preferred }) => preferred) : named;
	return wanted.map(({ town }) => town).sort().at(-1) ?? null;
}
