import { plusDays, type LocalDate } from '../../../lib/domain/time';
import type { Citizen } from './citizen';
import { ANSWERS, ON_A_MESSAGE, PROGRESSIVE_ANSWERS } from './habits';
import { nextOpen } from './openDays';
import { bookAppointment, visit } from './visits';
import type { World } from './world';

/** A message as it reached somebody, or a call of the shop. */
export interface Received {
	citizen: Citizen;
	kind: string;
	day: LocalDate;
	/** Where the message lets refuse. */
	refusalUrl?: string;
}

/** What a message moves somebody to do in the weeks after it; most do nothing. */
export function react(world: World, { citizen, kind, day, refusalUrl }: Received): void {
	const { random } = world;
	if (refusalUrl && random.chance(ON_A_MESSAGE.refuses)) return refuse(world, citizen, day, refusalUrl);
	const { acts, books } = ANSWERS[kind] ?? { acts: 0.05, books: 0 };
	if (!random.chance(acts)) return;
	const soon = nextOpen(plusDays(day, random.integer(1, kind === 'order.ready' ? 5 : 22)));
	if (random.chance(books)) return world.on(nextOpen(plusDays(day, random.integer(1, 3))), (today) => void (citizen.gone || bookAppointment(world, citizen, today)));
	world.on(soon, (today) => {
		if (citizen.gone) return;
		if (kind === 'progressive') answer(world, citizen, today);
		else if (kind === 'order.ready') citizen.waiting?.collect(today);
		else if (kind === 'quote.open') citizen.quote?.accept(today);
		else visit(world, citizen, today);
	});
}

function refuse(world: World, { person }: Citizen, day: LocalDate, url: string): void {
	const { random } = world;
	const scope = random.chance(ON_A_MESSAGE.refusesAll) ? 'all' as const : 'channel' as const;
	world.on(plusDays(day, random.integer(1, 3)), () => {
		world.refusals.push({ url, scope, oneClick: scope === 'channel' && random.chance(ON_A_MESSAGE.oneClick) });
		person.consentEmail = 'no';
	});
}

function answer({ random, book }: World, citizen: Citizen, day: LocalDate): void {
	book.answers.push({ citizen, kind: 'progressive', answer: random.weighted(PROGRESSIVE_ANSWERS), answeredOn: day });
}
