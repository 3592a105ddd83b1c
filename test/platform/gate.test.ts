import { expect, test } from 'vitest';
import { gate } from '#platform/gate.ts';

test('so many run, so many wait in turn, and the rest are turned away at once', async () => {
	const door = gate(2, 1);
	const ends: (() => void)[] = [];
	const begun: string[] = [];
	const work = (name: string) => () => {
		begun.push(name);
		return new Promise<string>((end) => ends.push(() => end(name)));
	};
	const [a, b, c] = ['a', 'b', 'c'].map((name) => door.pass(work(name)));
	expect(await door.pass(work('d'))).toBeNull();
	expect(begun).toEqual(['a', 'b']);
	ends[0]?.();
	expect(await a).toBe('a');
	await Promise.resolve();
	expect(begun).toEqual(['a', 'b', 'c']);
	ends[1]?.();
	ends[2]?.();
	expect(await Promise.all([b, c])).toEqual(['b', 'c']);
	expect(await door.pass(async () => 'e')).toBe('e');
});

test('work that fails leaves its place to the next', async () => {
	const door = gate(1, 1);
	const failing = door.pass(async () => {
		throw new Error('broken');
	});
	const next = door.pass(async () => 'next');
	await expect(failing).rejects.toThrow('broken');
	expect(await next).toBe('next');
});
