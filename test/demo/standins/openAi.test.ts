import axios from 'axios';
import { startOpenAiStandin, type OpenAiStandin } from '../../../demo/standins/openAi';

let standin: OpenAiStandin;
beforeEach(async () => void (standin = await startOpenAiStandin()));
afterEach(async () => await standin.stop());

const ask = async (body: unknown, key = standin.apiKey) => await axios.post(`${standin.url}/v1/chat/completions`, body, { headers: { Authorization: `Bearer ${key}` }, validateStatus: () => true });

it('answers as the documented API does, and remembers what it was asked', async () => {
	const request = { model: 'demo-model', messages: [{ role: 'system', content: 'Rispondi.' }, { role: 'user', content: 'Come va?' }] };
	const { status, data } = await ask(request);
	expect(status).toBe(200);
	expect(data).toMatchObject({ object: 'chat.completion', model: 'demo-model', choices: [{ index: 0, message: { role: 'assistant', content: 'Come va?' }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } });
	standin.answer = () => 'Bene.';
	expect((await ask(request)).data.choices[0].message.content).toBe('Bene.');
	expect(standin.requests).toEqual([request, request]);
});

it('refuses a wrong key and a broken request', async () => {
	expect(await ask({}, 'sk-wrong')).toMatchObject({ status: 401, data: { error: { code: 'invalid_api_key' } } });
	expect(await ask({ model: 'demo-model' })).toMatchObject({ status: 400, data: { error: { type: 'invalid_request_error' } } });
	expect(standin.requests).toEqual([]);
});
