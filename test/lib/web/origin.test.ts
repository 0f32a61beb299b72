import { sameOrigin } from '../../../lib/web/origin';

describe('sameOrigin', () => {
	it.each([
		['a browser says same-origin', { 'sec-fetch-site': 'same-origin', origin: 'https://crm.example', host: 'inner:5678' }, true],
		['the person typed it', { 'sec-fetch-site': 'none' }, true],
		['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example', host: 'crm.example' }, false],
		['another site whose origin is hidden', { 'sec-fetch-site': 'cross-site' }, false],
		['a neighbour on another port or subdomain', { 'sec-fetch-site': 'same-site', origin: 'http://shop:3000', host: 'shop:5678' }, false],
		['plain http in the shop', { origin: 'http://192.168.1.20:5678', host: '192.168.1.20:5678' }, true],
		['plain http, host in capitals', { origin: 'http://shop:5678', host: 'SHOP:5678' }, true],
		['plain http from elsewhere', { origin: 'http://evil.example', host: '192.168.1.20:5678' }, false],
		['another port', { origin: 'http://shop:3000', host: 'shop:5678' }, false],
		['a sandboxed stranger', { origin: 'null', host: 'shop:5678' }, false],
		['no origin at all', { host: 'shop:5678' }, true],
		['two origins', { origin: ['http://shop:5678', 'http://evil.example'], host: 'shop:5678' }, false],
		['two claims', { 'sec-fetch-site': ['same-origin', 'cross-site'] }, false],
		['an origin without a host', { origin: 'data:', host: '' }, false],
		['a forwarded host that the sender wrote', { origin: 'http://evil.example', host: 'shop:5678', 'x-forwarded-host': 'evil.example' }, false],
	])('%s', (_, headers, expected) => {
		expect(sameOrigin(headers)).toBe(expected);
	});

	it('accepts the public origin behind a proxy that rewrites the host', () => {
		const headers = { origin: 'https://crm.example.it', host: 'localhost:5678' };
		expect(sameOrigin(headers)).toBe(false);
		expect(sameOrigin(headers, 'https://crm.example.it')).toBe(true);
		expect(sameOrigin(headers, 'not an address')).toBe(false);
	});
});
