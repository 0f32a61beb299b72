import { sql, type RawBuilder } from 'kysely';
import { bothWays } from '../dialect';

const REST = `substr(match_key, instr(match_key, '|') + 1)`;

/** A part of the customers' `match_key`, as `customerMatchKey` joins them: 1 the folded last name, 2 the first name. */
export function matchKeyPart(part: 1 | 2): RawBuilder<string> {
	const from = part === 1 ? 'match_key' : REST;
	return bothWays(sql.raw(`substr(${from}, 1, instr(${from}, '|') - 1)`), sql.raw(`split_part(match_key, '|', ${part})`));
}
