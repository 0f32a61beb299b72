import type { World } from './world';

/** Why a function is not asked: a text. Or with what it is called. */
type Case<Given extends unknown[]> = string | ((world: World) => Given | Promise<Given>) | { with: (world: World) => Given | Promise<Given>; then: (answer: never, world: World) => unknown };

/** Each function of a file of the store. */
export type Cases<File> = { [Name in keyof File as File[Name] extends (...given: never[]) => unknown ? Name : never]: File[Name] extends (...given: infer Given) => unknown ? Case<Given> : never };

/** The cases of a file; the type says which functions it has, and with what they are called. */
export function of<File>(cases: Cases<File>): Record<string, Case<never[]>> {
	return cases as unknown as Record<string, Case<never[]>>;
}

/** Calls it, and reads to the end what answers bit by bit. */
export async function called(work: (...given: never[]) => unknown, wanted: Exclude<Case<never[]>, string>, world: World): Promise<unknown> {
	const { with: given, then } = typeof wanted === 'function' ? { with: wanted, then: (answer: unknown) => answer } : wanted;
	const answer = await then((await work(...(await given(world)))) as never, world);
	if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) return answer;
	const all: unknown[] = [];
	for await (const part of answer as AsyncIterable<unknown>) all.push(part);
	return all;
}

/** Pieces that other functions of the store are made of: they get ids that were read by shop in the same transaction. Nothing outside of the store calls them. */
export const BLOCKS = 'a piece of other functions of the store, which ask for the shop';
/** Changes of what the caller has read by shop in the same transaction: the few callers outside of the store are to be looked at one by one. */
export const READ_BEFORE = 'changes what its caller has just read by shop';
