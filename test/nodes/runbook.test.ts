import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { messageHistory } from '../../lib/store/messageHistory';
import { messageStates } from '../../lib/store/review';
import { sendMessages } from '../../nodes/shared/sendMessages';
import { takeBatch } from '../../nodes/shared/takeBatch';
import { recorder, SENDING } from '../release/busyShop';
import { approved } from '../support/approved';
import { ON_POSTGRES } from '../support/store';
import { NOW, openShop } from './support/shop';

const BOOK = readFileSync(path.join(__dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
const RESTORE = /```sql\n([\s\S]+?)```/.exec(BOOK)?.[1] as string;

(ON_POSTGRES ? it : it.skip)('what the runbook sends to a restored PostgreSQL gives to the staff whatever might have left since, and nothing leaves', async () => {
	const shop = await openShop();
	const ids = (await approved(shop.store, 'sms', Array.from({ length: 3 }, (_, one) => ({ contactPoints: [{ kind: 'phone' as const, value: `+39333000222${one}`, line: 'mobile' as const }] })), NOW)).map(({ id }) => id);
	await takeBatch(shop.store, 'sms', SENDING, { after: 0, limit: 1, ended: [] }, NOW);
	const { schema } = shop.credentials.opticalCrmStoreApi as unknown as { schema: string };
	const statements = RESTORE.replaceAll('optical_crm.', `${schema}.`).split(';').map((one) => one.trim()).filter((one) => one && !['begin', 'commit'].includes(one));
	expect(statements).toHaveLength(3);
	await shop.store.db.transaction().execute(async (db) => {
		for (const statement of statements) await sql.raw(statement).execute(db);
	});
	const states = await messageStates(shop.store, ids);
	expect(ids.map((id) => states.get(id))).toEqual(['uncertain', 'pending', 'pending']);
	expect((await messageHistory(shop.store.db, shop.store.shop.id, ids[0])).at(-1)).toMatchObject({ from: 'sending', to: 'uncertain', who: 'workflow', why: 'RESTORED', at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) });
	const way = recorder();
	await sendMessages(shop.store, 'sms', way, SENDING, () => NOW);
	expect(way.sent).toEqual([]);
	await shop.close();
});
