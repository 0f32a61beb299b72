/** A run of words that two texts share, that only the later one has, or only the earlier. */
export interface DiffPiece {
	kind: 'same' | 'added' | 'removed';
	text: string;
}

/**
 * What became of a text, word by word (longest common subsequence): pieces in the order in which they are read, what was removed before what took its place. The
 * pieces `same` and `added` make up the later text. Whether words are parted by one blank or two is no difference; a new line is.
 */
export function wordDiff(before: string, after: string): DiffPiece[] {
	const [old, fresh] = [wordsOf(before), wordsOf(after)];
	const [oldKeys, freshKeys] = [old.map(keyOf), fresh.map(keyOf)];
	const shared = sharedLengths(oldKeys, freshKeys);
	const pieces: DiffPiece[] = [];
	const add = (kind: DiffPiece['kind'], text: string) => {
		const last = pieces.at(-1);
		// The last word of the later text has no blank after it, but what was removed stood apart from it.
		if (kind === 'removed' && last && /\S$/.test(last.text) && /^\S/.test(text)) return add(kind, ` ${text}`);
		if (last?.kind === kind) last.text += text;
		else pieces.push({ kind, text });
	};
	let [i, j] = [0, 0];
	while (i < old.length || j < fresh.length) {
		if (i < old.length && oldKeys[i] === freshKeys[j]) [i, j] = (add('same', fresh[j]), [i + 1, j + 1]);
		else if (j === fresh.length || (i < old.length && shared[i + 1][j] >= shared[i][j + 1])) add('removed', old[i++]);
		else add('added', fresh[j++]);
	}
	return pieces;
}

/** Each word with the blanks after it, each break of lines by itself. */
function wordsOf(text: string): string[] {
	return text.match(/\n+|[^\S\n]+|\S+[^\S\n]*/g) ?? [];
}

/** What makes two words the same: not the blanks after them. Breaks and blanks that stand alone are themselves. */
function keyOf(word: string): string {
	return word.trimEnd() || word;
}

/** For each pair of places, how many words the rests of both texts share in order. */
function sharedLengths(old: readonly string[], fresh: readonly string[]): Uint16Array[] {
	const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
	for (let i = old.length - 1; i >= 0; i--) {
		const [here, below, key] = [lengths[i], lengths[i + 1], old[i]];
		for (let j = fresh.length - 1; j >= 0; j--) here[j] = key === fresh[j] ? below[j + 1] + 1 : Math.max(below[j], here[j + 1]);
	}
	return lengths;
}
