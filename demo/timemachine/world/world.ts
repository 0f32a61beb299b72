import { localDate, plusDays, type Instant, type LocalDate } from '../../../lib/domain/time';
import { Random } from '../../shop/random';
import { consentsOf, customerOf, type Citizen } from './citizen';
import { DayBook } from './dayBook';
import { monthOfLife } from './life';
import { nextOpen } from './openDays';
import { startingPast } from './past';
import { react, type Received } from './reactions';
import { Town } from './town';
import { visit } from './visits';

/** A refusal by the link of a message, to be posted on its day. */
export interface LinkRefusal {
	url: string;
	scope: 'channel' | 'all';
	oneClick: boolean;
}

/**
 * The fictional shop's customers over the years: what they do of themselves and what the messages move them to. It knows nothing of the store;
 * what happens goes into the day book, as into a shop's own program. The same seed lives the same lives, as long as the same messages arrive.
 */
export class World {
	readonly random: Random;
	readonly town: Town;
	readonly citizens: Citizen[] = [];
	readonly book = new DayBook();
	/** Refusals by link that customers make today. */
	refusals: LinkRefusal[] = [];
	private readonly agenda = new Map<LocalDate, Array<(day: LocalDate) => void>>();
	private readonly byId = new Map<number, Citizen>();
	/** Those who had no number in the store when it was looked at last. */
	private newcomers: Citizen[] = [];
	private codes = 0;
	private today: LocalDate;

	constructor(seed: number, from: LocalDate, count: number, readonly zone: string) {
		this.today = from;
		this.random = new Random(seed);
		this.town = new Town(this.random, from);
		for (let number = 0; number < count; number++) {
			const signedOn = plusDays(from, -this.random.integer(30, 1_500));
			const citizen = this.town.citizen(signedOn);
			this.enter(citizen, signedOn);
			startingPast(this, citizen, from);
			const comesOn = nextOpen(plusDays(from, this.random.integer(1, citizen.rhythm)));
			citizen.comesOn = comesOn;
			this.on(comesOn, () => void (citizen.comesOn === comesOn && visit(this, citizen, comesOn)));
		}
	}

	/** Lets a day pass in the shop and in the town. */
	live(day: LocalDate): void {
		this.today = day;
		if (day.endsWith('-01')) monthOfLife(this, day);
		// One event may bring another of the same day.
		for (const event of this.agenda.get(day) ?? []) event(day);
		this.agenda.delete(day);
		this.today = plusDays(day, 1);
	}

	/** Something that will happen on a day that is not yet over. */
	on(day: LocalDate, event: (day: LocalDate) => void): void {
		if (day < this.today) throw new RangeError(`${day} has passed.`);
		const events = this.agenda.get(day);
		if (events) events.push(event);
		else this.agenda.set(day, [event]);
	}

	/** Enters somebody new, who comes for the first time. */
	welcome(citizen: Citizen, day: LocalDate): void {
		this.enter(citizen, day);
		visit(this, citizen, day);
	}

	/** A message arrived, or the shop called. */
	receive(received: Omit<Received, 'citizen' | 'day'> & { customerId: number; at: Instant }): void {
		for (const citizen of this.newcomers) if (citizen.id !== undefined) this.byId.set(citizen.id, citizen);
		this.newcomers = this.newcomers.filter(({ id }) => id === undefined);
		const citizen = this.byId.get(received.customerId);
		if (citizen && !citizen.gone) react(this, { ...received, citizen, day: localDate(received.at, this.zone) });
	}

	/** A code of the shop program, each once. */
	code(letter: string): string {
		return `${letter}${++this.codes}`;
	}

	private enter(citizen: Citizen, day: LocalDate): void {
		this.citizens.push(citizen);
		this.newcomers.push(citizen);
		this.book.customers.push({ citizen, customer: customerOf(citizen, { enteredOn: day, enteredBy: 'marco', consents: consentsOf(citizen) }) });
	}
}
