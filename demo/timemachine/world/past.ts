import { plusDays, type LocalDate } from '../../../lib/domain/time';
import type { Citizen } from './citizen';
import type { World } from './world';

/** Years that the shop's program remembers of those who were customers before. */
const YEARS = 5;

/** What a customer did in the shop in the years before the first day: an exam and a pair of glasses or lenses at each visit. */
export function startingPast(world: World, citizen: Citizen, from: LocalDate): void {
	const { random, book } = world;
	const first = plusDays(from, -random.integer(30, YEARS * 365));
	for (let day = first; day < plusDays(from, -1); day = plusDays(day, Math.round(citizen.rhythm * (0.7 + random.next() * 0.6)))) {
		const deliveredOn = plusDays(day, 10) < from ? plusDays(day, 10) : undefined;
		const mine = { customerCode: citizen.code };
		if (random.chance(0.7)) book.exams.push({ ...mine, code: world.code('V'), kind: 'vision', takenOn: day });
		const progressive = citizen.person.birthDate < plusDays(from, -48 * 365) && random.chance(0.5);
		if (citizen.wearsLenses) book.equipment.push({ ...mine, code: world.code('L'), lensType: 'contact-lenses', orderedOn: day, deliveredOn: day, supplyDays: 90 });
		else book.equipment.push({ ...mine, code: world.code('O'), lensType: progressive ? 'progressive' : 'single-vision', orderedOn: day, deliveredOn });
		citizen.hadProgressive ||= progressive;
	}
}
