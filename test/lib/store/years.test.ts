import { travel } from '../../../demo/timemachine/travel';
import type { PostgresPlace } from '../../../lib/store/postgres';
import { ON_POSTGRES } from '../../support/store';

it('two months of a shop leave the same history on this database as in a file', async () => {
	const options = { from: '2024-02-10', days: 60, count: 150, seed: 4 };
	const server: PostgresPlace | undefined = ON_POSTGRES ? { ...JSON.parse(process.env.TEST_POSTGRES as string), tls: 'off' } : undefined;
	const here = await travel(options, { server });
	const inFile = await travel(options);
	expect(here.summary).toEqual({ ...inFile.summary, cpuSeconds: here.summary.cpuSeconds });
	expect(here.history.sendings.map(({ at, customer, occasion }) => [at, customer.id, occasion.kind])).toEqual(inFile.history.sendings.map(({ at, customer, occasion }) => [at, customer.id, occasion.kind]));
	expect(here.summary).toMatchObject({ ok: true, messages: expect.any(Number) });
	expect(here.summary.messages).toBeGreaterThan(30);
}, 300_000);
