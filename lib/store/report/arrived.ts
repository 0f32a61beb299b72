import { sql } from 'kysely';
import { HAS_LEFT } from '../rollout/counted';

/** Of a `message`: it left for the customer and did not come back. */
export const HAS_ARRIVED = sql`(${HAS_LEFT} and message.state <> 'failed')`;
