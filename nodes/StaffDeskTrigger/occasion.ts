import type { DeskMessage } from '../../lib/desk/state';
import type { LocalDate } from '../../lib/domain/time';

/** An occasion as the pages name it: of a birthday the age that the customer reaches too. */
export function occasionOf({ kind, dueOn, birthDate }: { kind: string; dueOn: LocalDate; birthDate?: LocalDate }): DeskMessage['occasion'] {
	return { kind, dueOn, ...(kind === 'birthday' && birthDate && { turns: Number(dueOn.slice(0, 4)) - Number(birthDate.slice(0, 4)) }) };
}
