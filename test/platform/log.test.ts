import { describe, expect, test } from 'vitest';
import { failure } from '#platform/failure.ts';
import { openLog } from '#platform/log.server.ts';

function logged(entry: Record<string, string | number>, message = 'request'): Record<string, unknown> {
	const lines: string[] = [];
	openLog((line) => lines.push(line)).info(entry, message);
	return JSON.parse(lines[0] ?? '');
}

describe('a log line', () => {
	test('is JSON with its instant, level, sentence and named fields', () => {
		expect(logged({ route: '/watch/[id]', method: 'GET', status: 200, ms: 12 })).toEqual({
			level: 'info',
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
			route: '/watch/[id]',
			method: 'GET',
			status: 200,
			ms: 12,
			msg: 'request',
		});
	});

	test.each(['url', 'query', 'body', 'address', 'ip', 'to', 'token', 'cookie', 'userAgent', 'text'])(
		'has no place for %s',
		(field) => {
			expect(JSON.stringify(logged({ [field]: 'canary' }))).not.toContain('canary');
		},
	);

	test.each([
		'clerk@canary.example.org',
		'https://canary.example.org/x',
		'/watch?q=canary',
		'AGE-SECRET-KEY-CANARY',
		'203.0.113.7',
		'2001:db8:0:0:1:2:3:4',
	])('loses %s wherever it stands', (text) => {
		for (const line of [logged({ route: `at ${text} there` }), logged({}, `said ${text} there`)]) {
			expect(JSON.stringify(line)).not.toContain(text);
			expect(JSON.stringify(line)).toContain('[removed]');
		}
	});
});

describe('a failure', () => {
	test('is told by kind, code and place, never by its message', () => {
		const error = Object.assign(new RangeError('canary\n    at canary (canary.ts:1:1)'), {
			code: '22P02',
			detail: 'canary',
		});
		const told = failure(error);
		expect(told).toMatchObject({ error: 'RangeError', code: '22P02' });
		expect(told.where).toMatch(/log\.test\.ts:\d+/);
		expect(JSON.stringify(told)).not.toContain('canary');
	});

	test('may be anything that was thrown', () => {
		expect(failure('canary')).toEqual({ error: 'string', code: null, where: null });
		expect(failure(Object.assign(new Error('x'), { code: 'not a code: canary', name: 'canary canary' }))).toMatchObject(
			{ error: 'Error', code: null },
		);
	});
});
