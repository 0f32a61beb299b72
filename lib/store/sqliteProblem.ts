import { CrmError } from '../domain/errors';

/** SQLite's result codes that a person can do something about: what happened, how to go on. https://sqlite.org/rescode.html */
const PROBLEMS: Record<number, [string, string]> = {
	5: ['is locked by another program', 'Close the program that has it open (a database viewer, a second n8n, a backup) and run again; nothing was written.'],
	6: ['is locked by another program', 'Close the program that has it open and run again; nothing was written.'],
	8: ['cannot be written', 'Give the user that runs n8n the right to write the file and its folder.'],
	10: ['cannot be read or written: the disk reports an error', 'Check the disk and the folder; nothing half-written was kept.'],
	11: ['is damaged', 'Stop n8n and restore the last backup of the store.'],
	13: ['cannot grow: the disk is full', 'Free some space and run again; nothing half-written was kept.'],
	14: ['cannot be opened', 'Check that the path in the credential "Optical CRM Store API" exists and that the user that runs n8n may write there.'],
	26: ['is not a store: it is no SQLite database', 'Choose another path in the credential "Optical CRM Store API"; the store makes its own file there.'],
};

/** An error of SQLite or of the file system in words that say what to do; anything else is passed through as it is. */
export function sqliteProblem(error: unknown, file: string): unknown {
	const { errcode, code } = error as { errcode?: number; code?: string };
	// The low byte is the primary code, the rest only details it.
	const problem = errcode === undefined ? FILE_PROBLEMS[code ?? ''] : PROBLEMS[errcode & 0xff];
	if (!problem) return error;
	return new CrmError(`The store ${file} ${problem[0]}`, problem[1], { cause: error });
}

const FILE_PROBLEMS: Record<string, [string, string]> = {
	EACCES: PROBLEMS[14],
	EPERM: PROBLEMS[14],
	EROFS: PROBLEMS[8],
	ENOTDIR: PROBLEMS[14],
	ENOENT: PROBLEMS[14],
	ENOSPC: PROBLEMS[13],
};
