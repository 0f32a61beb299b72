import { setTimeout as sleep } from 'node:timers/promises';

/** A message to a model, in the short form that LangChain takes. */
export type Said = [who: 'system' | 'human', text: string];

/** The little that is used of a language model of LangChain, which n8n's model nodes give. */
export interface LanguageModel {
	invoke(messages: Said[], options?: { signal?: AbortSignal }): Promise<unknown>;
	/** Its name: one or the other, as the model's node has it. */
	model?: unknown;
	modelName?: unknown;
}

export interface Asking {
	/** Questions that are on their way at the same time. */
	atOnce: number;
	/** After which an answer is waited for no longer. Milliseconds. */
	patience: number;
	/** Ends all waiting. */
	signal?: AbortSignal;
}

/** What became of a question: the answer as it was given, or why there is none, without a word of what was said. */
export type Answer = { text: string } | { failure: string };

/** Asks each question once. An error or a silence is an answer too: nothing is thrown. */
export async function askEach(model: LanguageModel, questions: readonly Said[][], { atOnce, patience, signal }: Asking): Promise<Answer[]> {
	const answers: Answer[] = [];
	const waiting = questions.entries();
	const askOn = async () => {
		for (const [place, question] of waiting) answers[place] = await ask(model, question, patience, signal);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, questions.length) }, askOn));
	return answers;
}

/** The model's name, where it tells one. */
export function nameOfModel({ model, modelName }: LanguageModel): string | undefined {
	return [model, modelName].find((name): name is string => typeof name === 'string' && name !== '');
}

async function ask(model: LanguageModel, question: Said[], patience: number, signal?: AbortSignal): Promise<Answer> {
	const answered = new AbortController();
	const ends = AbortSignal.any([answered.signal, ...(signal ? [signal] : [])]);
	try {
		// Some models do not listen to the signal: then they are waited for no longer all the same.
		const late = sleep(patience, undefined, { signal: ends }).then(() => Promise.reject(new DOMException('', 'TimeoutError')));
		const request = AbortSignal.any([AbortSignal.timeout(patience), ...(signal ? [signal] : [])]);
		return { text: textOf(await Promise.race([model.invoke(question, { signal: request }), late])) };
	} catch (error) {
		return { failure: failureOf(error) };
	} finally {
		answered.abort();
	}
}

/** A chat model answers with a message whose content is a text or a list of parts; the others with a text. */
function textOf(answer: unknown): string {
	const content = typeof answer === 'object' && answer !== null && 'content' in answer ? answer.content : answer;
	if (typeof content === 'string') return content;
	const parts = Array.isArray(content) ? content : [];
	return parts.map((part) => (typeof part === 'string' ? part : typeof part?.text === 'string' ? part.text : '')).join('');
}

/** Name and status only: the text of an error may quote what was sent, or a key. */
function failureOf(error: unknown): string {
	const { name, status, httpCode } = (typeof error === 'object' && error !== null ? error : {}) as Record<'name' | 'status' | 'httpCode', unknown>;
	// The providers' own errors say `status`, those that n8n makes of them `httpCode`.
	const code = String(status ?? httpCode);
	if (name === 'TimeoutError') return 'it took too long';
	if (/^\d{3}$/.test(code)) return `status ${code}`;
	return typeof name === 'string' && /^\w{1,60}$/.test(name) ? name : 'an error';
}
