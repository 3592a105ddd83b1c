import { expect, test } from 'vitest';
import { bodyOf, packable, sending } from '#platform/stream.server.ts';

async function* endless() {
	for (let i = 0; ; i++) yield `${i}`.repeat(10_000);
}

function closed(): { leave: () => void; left: Promise<void> } {
	let leave = () => {};
	const left = new Promise<void>((done) => {
		leave = done;
	});
	return { leave, left };
}

test.each(['identity', 'gzip', 'br'] as const)(
	'a reader who leaves gives the place back, with %s',
	async (encoding) => {
		for (const pieces of [0, 1, 5]) {
			const { leave, left } = closed();
			const reader = sending(bodyOf(endless()), encoding, leave).getReader();
			for (let i = 0; i < pieces; i++) await reader.read();
			await reader.cancel();
			await left;
		}
	},
);

test('a making that breaks breaks the answer, and gives the place back', async () => {
	async function* broken() {
		yield 'a'.repeat(100_000);
		throw new Error('broken');
	}
	for (const encoding of ['identity', 'gzip', 'br'] as const) {
		const { leave, left } = closed();
		const body = new Response(sending(bodyOf(broken()), encoding, leave));
		await expect(body.arrayBuffer()).rejects.toThrow();
		await left;
	}
});

test('what is packed already is not packed again', () => {
	expect(['application/json', 'text/csv; charset=utf-8', 'application/geo+json'].every(packable)).toBe(true);
	expect(['image/png', 'application/zip', 'font/woff2'].some(packable)).toBe(false);
});
