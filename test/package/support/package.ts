import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';

/** The project's folder. */
export const ROOT = path.join(__dirname, '..', '..', '..');
export const PACKAGE = readJson('package.json');

export function readJson(file: string) {
	return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
}

/** Files below a folder whose names end so, relative to the project, with `/`. */
export function filesIn(folder: string, end: string): string[] {
	return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith(end))
		.map((file) => path.posix.join(folder, file.split(path.sep).join('/')))
		.sort();
}

/** A class of the package with the file it stands in. */
export interface Part<Kind> {
	/** Name of class and file, for example `SendMessage`. */
	name: string;
	file: string;
	made: Kind;
}

export const NODES = filesIn('nodes', '.node.ts').map((file) => make<INodeType>(file, '.node.ts'));
export const CREDENTIALS = filesIn('credentials', '.credentials.ts').map((file) => make<ICredentialType>(file, '.credentials.ts'));

function make<Kind>(file: string, end: string): Part<Kind> {
	const name = path.basename(file, end);
	const { [name]: Made } = jest.requireActual(path.join(ROOT, file));
	return { name, file, made: new Made() };
}
