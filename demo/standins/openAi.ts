import { startHttpStandin, type HttpStandin, type StandinAnswer, type StandinCall } from './httpStandin';

/** A question as a model of OpenAI gets it. */
export interface ChatRequest {
	model: string;
	messages: Array<{ role: 'system' | 'user' | 'assistant' | 'developer' | 'tool'; content: string }>;
	/** What the model may call. */
	tools?: Array<{ type: 'function'; function: { name: string; description: string; parameters: { properties: Record<string, object> } } }>;
}

/** A tool that the model calls instead of saying something. */
export interface ToolCall {
	tool: string;
	with: Record<string, unknown>;
}

/** A running stand-in for OpenAI's Chat Completions API; `url` and `/v1` make its base address. */
export interface OpenAiStandin extends HttpStandin {
	/** Oldest first; refused ones are not among them. */
	requests: readonly ChatRequest[];
	/** The only key that it takes. */
	apiKey: string;
	/** What it answers; can be changed at any time. */
	answer: (request: ChatRequest) => string | ToolCall;
}

/** @param answer what the model says; by default, what it was told */
export async function startOpenAiStandin({ port = 0, answer = lastWord }: { port?: number; answer?: OpenAiStandin['answer'] } = {}): Promise<OpenAiStandin> {
	const requests: ChatRequest[] = [];
	const apiKey = 'sk-demo-0123456789abcdef';

	const complete = ({ body }: StandinCall): StandinAnswer => {
		const request = read(body);
		if (!request) return openAiError(400, 'invalid_request_error', 'messages');
		requests.push(request);
		const answer = self.answer(request);
		const content = typeof answer === 'string' ? answer : '';
		const calls = typeof answer === 'string' ? undefined : [{ id: `call_${requests.length}`, type: 'function', function: { name: answer.tool, arguments: JSON.stringify(answer.with) } }];
		const [asked, said] = [words(request.messages.map((message) => message.content).join(' ')), words(content)];
		return {
			status: 200,
			// Source: platform.openai.com/docs/api-reference/chat/object, tool calls included.
			json: {
				id: `chatcmpl-${requests.length}`, object: 'chat.completion', created: Math.floor(Date.now() / 1000), model: request.model,
				choices: [{ index: 0, message: { role: 'assistant', content, refusal: null, ...(calls && { tool_calls: calls }) }, logprobs: null, finish_reason: calls ? 'tool_calls' : 'stop' }],
				usage: { prompt_tokens: asked, completion_tokens: said, total_tokens: asked + said },
			},
		};
	};

	const standin = await startHttpStandin((call) => {
		if (call.headers.authorization !== `Bearer ${apiKey}`) return openAiError(401, 'invalid_request_error', null, 'invalid_api_key');
		if (call.method === 'GET' && call.path === '/v1/models') return { status: 200, json: { object: 'list', data: [{ id: 'demo-model', object: 'model', created: 0, owned_by: 'demo' }] } };
		return call.method === 'POST' && call.path === '/v1/chat/completions' ? complete(call) : openAiError(404, 'invalid_request_error', null);
	}, port);
	const self: OpenAiStandin = { ...standin, requests, apiKey, answer };
	return self;
}

function lastWord({ messages }: ChatRequest): string {
	return messages.at(-1)?.content ?? '';
}

function read(body: string): ChatRequest | undefined {
	try {
		const request = JSON.parse(body) as ChatRequest;
		if (typeof request.model !== 'string' || !Array.isArray(request.messages)) return undefined;
		const messages = request.messages.map((message) => ({ ...message, content: textOf(message) as string }));
		return messages.every(({ content }) => typeof content === 'string') ? { ...request, messages } : undefined;
	} catch {
		return undefined;
	}
}

/** A message may come in parts; the one that called a tool said nothing. */
function textOf({ role, content }: { role: string; content: unknown }): unknown {
	if (Array.isArray(content)) return content.map(({ text }: { text?: string }) => text ?? '').join('');
	return role === 'assistant' ? (content ?? '') : content;
}

/** Source: platform.openai.com/docs/guides/error-codes. */
function openAiError(status: number, type: string, param: string | null, code: string | null = null): StandinAnswer {
	return { status, json: { error: { message: 'Refused by the stand-in.', type, param, code } } };
}

/** Near enough for tokens. */
function words(text: string): number {
	return text.split(/\s+/).length;
}
