// Writes down what saved workflows may rely on: `npm run contract`. What is gone is only forgotten with `--unreleased`.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { changesOf, contractOf, fieldsOf, type Contract } from '../support/contract';

const FOLDER = path.join('test', 'package', 'contract');

async function made<Kind>(file: string): Promise<Kind> {
	const { [path.basename(file).split('.')[0]]: Made } = (await import(path.resolve(file))) as Record<string, new () => Kind>;
	return new Made();
}

async function main(unreleased: boolean): Promise<void> {
	const nodes = readdirSync('nodes').filter((name) => existsSync(path.join('nodes', name, `${name}.node.ts`)));
	for (const name of nodes) write(`${name}.json`, contractOf(await made<INodeType>(path.join('nodes', name, `${name}.node.ts`))), unreleased);
	const credentials: Contract = {};
	for (const file of readdirSync('credentials').sort()) credentials[file.split('.')[0]] = fieldsOf(await made<ICredentialType>(path.join('credentials', file)));
	write('credentials.json', credentials, unreleased);
}

function write(name: string, now: Contract, unreleased: boolean): void {
	const file = path.join(FOLDER, name);
	const recorded = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Contract) : {};
	const { broken } = changesOf(recorded, now);
	if (broken.length === 0 || unreleased) return writeFileSync(file, `${JSON.stringify(now, null, '\t')}\n`);
	console.error(`${name} is left as it was, because workflows rely on:\n  ${broken.join('\n  ')}`);
	process.exitCode = 1;
}

void main(process.argv.includes('--unreleased'));
