import { rankOf } from './occasionKinds';

/** Something that is due for a person, and what decides when its turn is. */
export interface Turn {
	customer_id: number;
	kind: string;
	stage: number;
	/** 1: it lets more important contacts with the person go first. */
	may_wait: number;
	/** 1: somebody has been in touch with the person lately. */
	resting: number;
}

/**
 * Parts what is due today into what goes and what waits, both in the order given. Of a kind and stage a person gets one, the first; of all that
 * can wait only the most important one, and only when nothing else goes to the person today and nobody has been in touch lately. Source: RULES 24.
 */
export function takeTurns<Due extends Turn>(due: readonly Due[]): { go: Due[]; wait: Due[] } {
	const ofPerson = new Map<number, Due[]>();
	for (const one of due) {
		const others = ofPerson.get(one.customer_id);
		if (!others) ofPerson.set(one.customer_id, [one]);
		else if (!others.some(({ kind, stage }) => kind === one.kind && stage === one.stage)) others.push(one);
	}
	const go: Due[] = [];
	const wait: Due[] = [];
	for (const one of due) {
		const all = ofPerson.get(one.customer_id) as Due[];
		if (!all.includes(one)) continue;
		const goes = one.may_wait === 0 || (one.resting === 0 && all.every((other) => other === one || isBefore(one, other)));
		(goes ? go : wait).push(one);
	}
	return { go, wait };
}

/** Whether one goes before another; they are of different kinds, or of different stages of one kind. */
function isBefore(one: Turn, other: Turn): boolean {
	if (one.may_wait !== other.may_wait) return one.may_wait < other.may_wait;
	const [first, second] = [rankOf(one.kind), rankOf(other.kind)];
	// Dates of a consultant's own are all as important.
	if (first === second) return one.kind === other.kind ? one.stage < other.stage : one.kind < other.kind;
	return first < second;
}
