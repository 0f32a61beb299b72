import type { AuthenticationCreds, AuthenticationState, SignalDataSet, SignalDataTypeMap } from '@whiskeysockets/baileys';
import type { KeyShelf } from '../../domain/keyShelf';
import type { Baileys } from './load';

/** The session's own keys and its place at WhatsApp, under this kind and name. */
const CREDS = 'creds';
const OWN = 'own';

/** Whether there is a session whose keys open. */
export async function hasSession(shelf: KeyShelf): Promise<boolean> {
	return (await shelf.read(CREDS, [OWN])).size === 1;
}

/** The keys of the session as the client wants them, and a way to keep the session's own. */
export async function authState({ BufferJSON, initAuthCreds, proto }: Baileys, shelf: KeyShelf): Promise<AuthenticationState & { saveCreds(): Promise<void> }> {
	const read = async (kind: string, names: readonly string[]) => {
		const found = await shelf.read(kind, names);
		return new Map([...found].map(([name, text]) => [name, JSON.parse(text, BufferJSON.reviver) as unknown]));
	};
	const stored = (await read(CREDS, [OWN])).get(OWN) as AuthenticationCreds | undefined;
	// Whose pairing was never finished begins anew: it would try to log in as a device that nobody knows.
	const creds = stored?.account ? stored : initAuthCreds();
	return {
		creds,
		keys: {
			get: async <Kind extends keyof SignalDataTypeMap>(kind: Kind, names: string[]) => {
				const found = await read(kind, names);
				const asWanted = (value: unknown) => (kind === 'app-state-sync-key' ? proto.Message.AppStateSyncKeyData.fromObject(value as object) : value);
				return Object.fromEntries([...found].map(([name, value]) => [name, asWanted(value) as SignalDataTypeMap[Kind]]));
			},
			set: async (data: SignalDataSet) => {
				const rows = Object.entries(data).flatMap(([kind, values]) =>
					Object.entries(values ?? {}).map(([name, value]) => ({ kind, name, value: value === null ? null : JSON.stringify(value, BufferJSON.replacer) })));
				if (rows.length > 0) await shelf.write(rows);
			},
		},
		saveCreds: async () => await shelf.write([{ kind: CREDS, name: OWN, value: JSON.stringify(creds, BufferJSON.replacer) }]),
	};
}
