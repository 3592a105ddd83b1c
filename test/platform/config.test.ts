import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Environment, readConfig } from '#platform/config.server.ts';
import { readSecret } from '#platform/secret.server.ts';

describe('settings', () => {
	test('left out, or empty, have their defaults', () => {
		expect(readConfig({ PORT: '', COMPACT_ORIGIN: ' ' })).toMatchObject({
			port: 4870,
			host: '127.0.0.1',
			origin: 'http://localhost:4870',
			data: expect.stringMatching(/\/data$/),
			databaseUrl: null,
			trustProxy: false,
			production: false,
			mailFrom: 'citycompact@localhost',
			demo: false,
		});
		expect(readConfig({ COMPACT_DEMO: '1', HOST: '::1', DATABASE_URL: '' }).demo).toBe(true);
	});

	test('follow one another: the port is in the origin, the origin in the sender', () => {
		expect(readConfig({ PORT: '8080' }).origin).toBe('http://localhost:8080');
		expect(readConfig({ COMPACT_ORIGIN: 'https://Compact.Example.org/' })).toMatchObject({
			origin: 'https://compact.example.org',
			mailFrom: 'citycompact@compact.example.org',
		});
	});

	test('let the lists be asked for by itself in production only, or where the page is named', () => {
		const watch = (environment: Environment) => readConfig(environment).watch;
		const page = 'https://www.ice.gov/identify-and-arrest/287g';
		expect(watch({})).toEqual({ page, hosts: ['www.ice.gov', 'ice.gov'], daily: false });
		expect(watch({ COMPACT_ENV: 'production' })).toMatchObject({ page, daily: true });
		expect(watch({ COMPACT_WATCH_URL: page })).toMatchObject({ page, daily: true });
		expect(watch({ COMPACT_ENV: 'production', COMPACT_WATCH_URL: 'off' })).toMatchObject({ page: null, daily: false });
		expect(watch({ COMPACT_WATCH_HOSTS: 'WWW.ice.gov, lists.example:8443,' }).hosts).toEqual([
			'www.ice.gov',
			'lists.example:8443',
		]);
	});

	test.each<[Environment, RegExp]>([
		[{ PORT: 'eighty' }, /^PORT must be a number .*PORT=4870/],
		[{ PORT: '70000' }, /^PORT must be a number/],
		[{ COMPACT_ORIGIN: 'compact.example.org' }, /^COMPACT_ORIGIN must be scheme and host/],
		[{ COMPACT_ORIGIN: 'https://example.org/compact' }, /without a path/],
		[{ DATABASE_URL: 'mysql://u:hunter2@h/d' }, /^DATABASE_URL must be an address that begins with postgres:\/\/ or/],
		[{ COMPACT_WATCH_URL: 'http://www.ice.gov/' }, /^COMPACT_WATCH_URL must be an address that begins with https:/],
		[{ COMPACT_WATCH_URL: 'https://me:hunter2@www.ice.gov/' }, /^COMPACT_WATCH_URL must be/],
		[{ COMPACT_WATCH_HOSTS: 'www.ice.gov/doclib' }, /^COMPACT_WATCH_HOSTS must be host names/],
		[{ COMPACT_WATCH_HOSTS: 'a b' }, /^COMPACT_WATCH_HOSTS must be host names/],
		[{ SMTP_URL: 'mail.example.org' }, /^SMTP_URL must be/],
		[{ COMPACT_ENV: 'prod' }, /^COMPACT_ENV must be production or development/],
		[{ COMPACT_TRUST_PROXY: 'maybe' }, /^COMPACT_TRUST_PROXY must be yes or no/],
		[{ COMPACT_SECRET: 'short' }, /at least 32 characters/],
		[{ COMPACT_DEMO: 'yes' }, /^COMPACT_DEMO must be 1 or 0/],
		[{ COMPACT_DEMO: '1', DATABASE_URL: 'postgres://u@h/d' }, /own machine and goes without DATABASE_URL/],
		[{ COMPACT_DEMO: '1', COMPACT_ORIGIN: 'http://localhost:4870' }, /goes without COMPACT_ORIGIN/],
		[{ COMPACT_DEMO: '1', SMTP_URL: 'smtp://h' }, /goes without SMTP_URL/],
		[{ COMPACT_DEMO: '1', COMPACT_TRUST_PROXY: 'yes' }, /goes without COMPACT_TRUST_PROXY=yes/],
		[{ COMPACT_DEMO: '1', COMPACT_ENV: 'production' }, /goes without COMPACT_ENV=production/],
		[{ COMPACT_DEMO: '1', HOST: '0.0.0.0' }, /goes without HOST/],
	])('that cannot be meant are refused with the remedy: %o', (environment, sentence) => {
		expect(() => readConfig(environment)).toThrow(sentence);
	});

	test('are not repeated in what is said of them: they may hold a password', () => {
		expect(() => readConfig({ DATABASE_URL: 'mysql://u:hunter2@h/d' })).not.toThrow(/hunter2/);
	});
});

describe('the secret', () => {
	test('is made once, long and for its owner only', () => {
		const data = join(mkdtempSync(join(tmpdir(), 'citycompact-secret-')), 'data');
		const secret = readSecret({ secret: null, data });
		expect(secret).toMatch(/^[0-9a-f]{64}$/);
		expect(readSecret({ secret: null, data })).toBe(secret);
		expect(readFileSync(join(data, 'secret'), 'utf8').trim()).toBe(secret);
		expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600);
		rmSync(join(data, '..'), { recursive: true });
	});

	test('is the one that is set, where one is', () => {
		expect(readSecret({ secret: 'x'.repeat(32), data: '/nowhere' })).toBe('x'.repeat(32));
	});
});
