import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { hold } from '#platform/advisory.server.ts';
import { closeReport, report, reports } from '#watch/report.server.ts';
import { ownPath, readReport } from '#watch/report.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { world } = here;

const sent = { about: '/watch/agency/abc', message: 'The date is wrong.', contact: '' };
const draft = { about: '/watch/agency/abc', message: 'The date is wrong.', contact: null };

beforeEach(() =>
	here.owner(async (session) => {
		await session.query(`begin; set local compact.role = 'maintenance'; delete from watch_report; commit`);
	}),
);

describe('a report', () => {
	test.each([
		['nothing', { ...sent, message: ' \r\n ' }, { fault: 'empty' }],
		['more than two pages', { ...sent, message: 'x'.repeat(4_001) }, { fault: 'long' }],
		['a contact as long as a letter', { ...sent, contact: 'x'.repeat(201) }, { fault: 'contact.long' }],
		['a sentence', sent, draft],
		[
			'4,000 characters outside the first plane',
			{ ...sent, message: '𝕏'.repeat(4_000) },
			{ ...draft, message: '𝕏'.repeat(4_000) },
		],
		[
			'lines of another system, a NUL',
			{ ...sent, message: 'a\r\nb\u0000', contact: ' me@x.org\n' },
			{ ...draft, message: 'a\nb', contact: 'me@x.org' },
		],
		[
			'signs that steer a terminal or turn a line around, and joined letters, which stay',
			{
				...sent,
				message: '\u001b[31mred\u0007\u009b2J\u202egnp.\u2066x\t👩\u200d👧',
				contact: 'me\u001b]0;x\u0007@x.org',
			},
			{ ...draft, message: '[31mred2Jgnp.x\t👩\u200d👧', contact: 'me]0;x@x.org' },
		],
		['an address elsewhere', { ...sent, about: 'https://example.org/watch' }, { ...draft, about: '/' }],
	])('that says %s', (_, given, read) => {
		expect(readReport(given)).toEqual(read);
	});

	test.each([
		['/watch/agency/abc', '/watch/agency/abc'],
		['/es/watch/event/0a1b?x=1#row-2', '/watch/event/0a1b#row-2'],
		['/watch/place/tx/place/san-jos%C3%A9', '/watch/place/tx/place/san-jos%C3%A9'],
		['/corrections', '/corrections'],
		['//example.org/watch', null],
		['/watch/../healthz', null],
		['/watch//x', null],
		['javascript:alert(1)', null],
		['/watchdog', null],
		[`/watch/${'x'.repeat(300)}`, null],
		['', null],
	])('about %s stands at %s', (given, path) => {
		expect(ownPath(given)).toBe(path);
	});

	test('is kept where a visitor cannot read it, and the operator can', async () => {
		expect(await report(draft, world)).toBe('kept');
		const seen = await world.db.as(VISITOR, (tx) => tx.selectFrom('watch_report').selectAll().execute());
		expect(seen).toEqual([]);
		expect(await reports('open', world)).toMatchObject([{ ...draft, at: '2026-07-01T12:00:00Z', closedAt: null }]);
	});

	test('is closed with a reason and stays on record', async () => {
		await report(draft, world);
		const [open] = await reports('open', world);
		const id = open?.id ?? '';
		await expect(closeReport(id, ' ', world)).rejects.toThrow(Invalid);
		await closeReport(id, 'The date was overruled.', world);
		expect(await reports('open', world)).toEqual([]);
		expect(await reports('all', world)).toMatchObject([{ id, closedReason: 'The date was overruled.' }]);
		await expect(closeReport(id, 'Again.', world)).rejects.toThrow(NotFound);
		await expect(closeReport('no id', 'Again.', world)).rejects.toThrow(NotFound);
	});

	test('waits when sixty came in within the hour, however many come at once', async () => {
		const outcomes = await Promise.all(Array.from({ length: 63 }, () => report(draft, world)));
		expect(outcomes.filter((outcome) => outcome === 'kept')).toHaveLength(60);
		here.now = new Date(here.now.getTime() + 3_600_001);
		expect(await report(draft, world)).toBe('kept');
	});
});

test('a report does not wait while places are imported', async () => {
	const importing = gate();
	const held = gate();
	const other = world.db.as(SYSTEM, async (tx) => {
		await hold('places', tx);
		held.open();
		await importing.passed;
	});
	await held.passed;
	expect(await Promise.race([report(draft, world), sleep(5_000, 'waited')])).toBe('kept');
	importing.open();
	await other;
});

function gate(): { readonly passed: Promise<void>; open(): void } {
	let open = (): void => undefined;
	const passed = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { passed, open: () => open() };
}
