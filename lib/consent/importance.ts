import type { MessageClass } from '../domain/glossary';

/** From the most important one down. Source: RULES 24. */
const ORDER: readonly MessageClass[] = ['service', 'recall', 'relational', 'promotional'];

/** How important a message is: 0 goes first. A greeting is relational at most, whatever class a workflow gives it. */
export function importanceOf({ kind, class: messageClass }: { kind: string; class: MessageClass }): number {
	return Math.max(ORDER.indexOf(messageClass), kind === 'birthday' ? ORDER.indexOf('relational') : 0);
}
