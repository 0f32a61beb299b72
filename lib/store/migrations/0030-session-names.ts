/** A session names its owner as accounts are looked up, so that both are read in one statement. Whoever is logged in logs in once more. */
export function sessionNames(): string[] {
	return ['delete from desk_sessions', "alter table desk_sessions add column name_key text not null default ''"];
}
