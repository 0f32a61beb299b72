/**
 * A pure function that keeps its answers: a batch asks the same few questions again for each of its people. What throws is asked again.
 * @param most answers kept; then it begins anew, so that a process that runs for years does not grow
 */
export function remembered<Asked extends string[], Answer>(ask: (...asked: Asked) => Answer, most = 500): (...asked: Asked) => Answer {
	const known = new Map<string, Answer>();
	return (...asked) => {
		const question = asked.length === 1 ? asked[0] : asked.join('\n');
		const kept = known.get(question);
		if (kept !== undefined) return kept;
		const answer = ask(...asked);
		if (known.size >= most) known.clear();
		known.set(question, answer);
		return answer;
	};
}
