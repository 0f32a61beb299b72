import type { TextState } from './state';
import { wordDiff } from './wordDiff';

/** A text before and after somebody changed it. */
export interface Edit {
	before: string;
	after: string;
}

/** What was changed most often in texts from one template: each run of words that took the place of another, however often, with the newest text in which it did. */
export function frequentEdits(edits: readonly Edit[], most: number): TextState['edits'] {
	const found = new Map<string, TextState['edits'][number]>();
	for (const { before, after } of edits) {
		const ofText = new Map(changesOf(before, after).map((change) => [JSON.stringify(change), change]));
		for (const [key, { removed, added }] of ofText) {
			const known = found.get(key);
			if (known) known.times++;
			else found.set(key, { removed, added, times: 1, before, after });
		}
	}
	return [...found.values()].sort((one, other) => other.times - one.times).slice(0, most);
}

function changesOf(before: string, after: string): Array<{ removed: string; added: string }> {
	const changes: Array<{ removed: string; added: string }> = [];
	let open: { removed: string; added: string } | undefined;
	for (const { kind, text } of wordDiff(before, after)) {
		if (kind === 'same') open = undefined;
		else {
			if (!open) changes.push((open = { removed: '', added: '' }));
			open[kind] += text;
		}
	}
	return changes.map(({ removed, added }) => ({ removed: removed.trim(), added: added.trim() })).filter(({ removed, added }) => removed !== added);
}
