/** What an account may do: the staff run the day, the lead decides on the rollout and the accounts as well. */
export const DESK_ROLES = ['staff', 'lead'] as const;
export type DeskRole = (typeof DESK_ROLES)[number];

/** A member of staff as the credential names them: who sets the Desk up, and who gets in when nobody else can. */
export interface DeskAccount {
	user: string;
	/** Plain text, as n8n decrypts it. An empty one lets nobody in. */
	password: string;
	role: DeskRole;
}

/** Longest name of an account, in characters. */
export const NAME_LIMIT = 60;

/** The form of a user's name by which accounts and attempts are told apart: without regard to case, and in Unicode's NFKC, because keyboards write accents in two ways. */
export function nameKey(user: string): string {
	return user.normalize('NFKC').trim().toLowerCase();
}
