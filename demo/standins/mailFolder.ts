import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser } from 'mailparser';

/** A mail as the stand-in took it from the sender. */
export interface ReceivedMail {
	id: string;
	/** UTC instant, ISO 8601. */
	receivedAt: string;
	/** From the SMTP envelope, not from the headers. */
	envelope: { from: string; to: string[] };
	subject: string;
	/** The headers `From` and `To` as a mail program shows them. */
	from: string;
	to: string;
	/** Empty if the mail has no such part. */
	text: string;
	html: string;
	/** In their order, names as sent; a value is unfolded but not decoded. */
	headers: { name: string; value: string }[];
	/** The source, each byte one character (Latin-1). */
	raw: string;
}

interface Envelope {
	id: string;
	receivedAt: string;
	from: string;
	to: string[];
}

/** Reads back what an earlier run kept, oldest first. The folder is made if it is missing. */
export async function readMails(folder: string): Promise<ReceivedMail[]> {
	await mkdir(folder, { recursive: true });
	const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
	const mails = await Promise.all(
		names.map(async (name) => {
			const envelope = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Envelope;
			return parse(envelope, await readFile(sourceFile(folder, envelope.id)));
		}),
	);
	return mails.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
}

/** Keeps a mail as a file that any mail program opens, with its envelope beside it. */
export async function keepMail(folder: string, from: string, to: string[], source: Buffer): Promise<ReceivedMail> {
	const envelope: Envelope = { id: randomUUID(), receivedAt: new Date().toISOString(), from, to };
	const mail = await parse(envelope, source);
	await writeFile(sourceFile(folder, envelope.id), source);
	// The envelope comes last and at once: a mail counts when it has one.
	const draft = path.join(folder, `${envelope.id}.draft`);
	await writeFile(draft, JSON.stringify(envelope));
	await rename(draft, path.join(folder, `${envelope.id}.json`));
	return mail;
}

function sourceFile(folder: string, id: string): string {
	return path.join(folder, `${id}.eml`);
}

async function parse({ id, receivedAt, from, to }: Envelope, source: Buffer): Promise<ReceivedMail> {
	const parsed = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true });
	const addressees = [parsed.to ?? []].flat();
	return {
		id,
		receivedAt,
		envelope: { from, to },
		subject: parsed.subject ?? '',
		from: parsed.from?.text ?? from,
		to: addressees.map(({ text }) => text).join(', ') || to.join(', '),
		text: parsed.text ?? '',
		html: parsed.html || '',
		headers: parsed.headerLines.map(({ line }) => {
			const colon = line.indexOf(':');
			return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/\r?\n[ \t]+/g, ' ').trim() };
		}),
		raw: source.toString('latin1'),
	};
}
