import type { IWebhookFunctions } from 'n8n-workflow';
import { keptCredentials } from '../../../nodes/StaffDeskTrigger/keptCredentials';

const MINUTE = 60_000;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

function context(id: string, read: () => Promise<object>): IWebhookFunctions {
	return { getNode: () => ({ credentials: { desk: { id, name: 'Desk' } } }), getCredentials: read } as unknown as IWebhookFunctions;
}

it('reads a credential once a minute, also for two requests at once', async () => {
	let turn = 0;
	const read = async () => ({ turn: ++turn });
	const ask = async () => await keptCredentials(context('minute', read), 'desk');
	expect(await Promise.all([ask(), ask()])).toEqual([{ turn: 1 }, { turn: 1 }]);
	jest.advanceTimersByTime(MINUTE - 1);
	expect(await ask()).toEqual({ turn: 1 });
	jest.advanceTimersByTime(1);
	expect(await ask()).toEqual({ turn: 2 });
});

it('keeps two credentials apart', async () => {
	const ask = async (id: string) => await keptCredentials(context(id, async () => ({ id })), 'desk');
	expect([await ask('one'), await ask('two'), await ask('one')]).toEqual([{ id: 'one' }, { id: 'two' }, { id: 'one' }]);
});

it('keeps no failure', async () => {
	const read = jest.fn().mockRejectedValueOnce(new Error('no such credential')).mockResolvedValueOnce({ found: true });
	await expect(keptCredentials(context('failure', read), 'desk')).rejects.toThrow('no such credential');
	expect(await keptCredentials(context('failure', read), 'desk')).toEqual({ found: true });
});
