import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFromHere, isOwnForm } from '#access/door.ts';
import { isSampleAddress } from '#access/sample.ts';

const OWN = 'http://localhost:4870';
const knock = (headers: Record<string, string>, { remote = '127.0.0.1', own = OWN } = {}) => ({
	headers: new Headers({ host: new URL(own).host, ...headers }),
	remote,
	own,
});

describe('whoever asks sits at this machine', () => {
	test.each([
		['by the name of this machine', {}, {}],
		['by its address', {}, { own: 'http://127.0.0.1:4870' }],
		['by its newer address', {}, { own: 'http://[::1]:4870', remote: '::1' }],
		['without a port, where the site has the usual one', {}, { own: 'http://localhost' }],
		['from an old address written the new way', {}, { remote: '::ffff:127.0.0.1' }],
	])('%s', (_, headers, of) => {
		expect(isFromHere(knock(headers, of))).toBe(true);
	});

	test.each<readonly [through: string, headers: Record<string, string>, of: { remote?: string; own?: string }]>([
		['a name that is led here (rebinding)', { host: 'evil.example:4870' }, {}],
		['a name that begins like this machine', { host: 'localhost.evil.example:4870' }, {}],
		['a name that ends like this machine', { host: 'evil.localhost:4870' }, {}],
		['this machine with a full stop behind it', { host: 'localhost.:4870' }, {}],
		['another address of this machine', { host: '127.0.0.2:4870' }, {}],
		['this machine written as a number', { host: '2130706433:4870' }, {}],
		['this machine with somebody before it', { host: 'me@localhost:4870' }, {}],
		['this machine under another port', { host: 'localhost:80' }, {}],
		['no name at all', { host: '' }, {}],
		['an address of the network', {}, { remote: '192.168.1.20' }],
		['an address that looks like this machine', {}, { remote: '127.0.0.1.evil.example' }],
		['a site that goes by another name', { host: 'localhost:4870' }, { own: 'https://compact.example.org' }],
		...[
			...['Forwarded', 'Via', 'X-Real-IP', 'X-Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto'],
			...['X-Forwarded-Port', 'X-Forwarded-Server', 'X-Forwarded-Prefix', 'X-Client-IP', 'X-Original-Host'],
			...['True-Client-IP', 'CF-Connecting-IP', 'CF-Ray'],
		].map((name) => [`a proxy that says ${name}`, { [name]: '127.0.0.1' }, {}] as const),
	])('not through %s', (_, headers, of) => {
		expect(isFromHere(knock(headers, of))).toBe(false);
	});

	test('no other name of a host is this machine', () => {
		fc.assert(
			fc.property(fc.domain(), fc.nat(65_535), (name, port) => {
				expect(isFromHere(knock({ host: `${name}:${port}` }))).toBe(false);
			}),
			{ numRuns: 200 },
		);
	});
});

describe('a form of the site itself', () => {
	test.each([
		['from its own page', { origin: OWN, 'sec-fetch-site': 'same-origin' }, true],
		['from a browser that says no more than the origin', { origin: OWN }, true],
		['without an origin', { 'sec-fetch-site': 'same-origin' }, false],
		['from a page without an origin', { origin: 'null' }, false],
		['from another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
		['from another port of this machine', { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-site' }, false],
		['that claims our origin and comes from elsewhere', { origin: OWN, 'sec-fetch-site': 'cross-site' }, false],
		['that a person typed', { origin: OWN, 'sec-fetch-site': 'none' }, false],
	])('%s: %o is taken: %s', (_, headers, taken) => {
		expect(isOwnForm(knock(headers))).toBe(taken);
	});
});

test.each([
	['clerk@sample.invalid', true],
	['Clerk@Tern-Point.Sample.Invalid', true],
	['clerk@notsample.invalid', false],
	['clerk@sample.invalid.example.org', false],
	['sample.invalid@example.org', false],
])('%s is of the sample: %s', (address, sample) => {
	expect(isSampleAddress(address)).toBe(sample);
});
