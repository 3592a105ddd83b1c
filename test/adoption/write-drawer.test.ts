import { afterEach, expect, test, vi } from 'vitest';
import type { KeptWords } from '#adoption/write/kept.ts';
import { type Drawer, drawer } from '../../src/routes/adoption/[draft]/write/drawer.browser.ts';

const NAME = 'draft account';
let places: Map<string, string>;
let locks: string[] | null;
/** What a browser has: a store, and locks over a safe line alone. */
function browser(safe: boolean): (window: string, now?: number) => Drawer {
	places = new Map();
	locks = safe ? [] : null;
	vi.stubGlobal('navigator', {
		locks: locks && {
			request: async (name: string) => void locks?.push(name),
			query: async () => ({ held: locks?.map((name) => ({ name })) }),
		},
	});
	const store = new Proxy({} as Storage, {
		get: (_, key) =>
			({
				getItem: (name: string) => places.get(name) ?? null,
				setItem: (name: string, text: string) => void places.set(name, text),
				removeItem: (name: string) => void places.delete(name),
			})[key as 'getItem'],
		ownKeys: () => [...places.keys()],
		getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
	});
	return (window, now = 1) => drawer(NAME, window, store, () => now);
}
/** The window is gone. */
function closed(window: string, one: Drawer): void {
	one.leave();
	locks = locks?.filter((name) => !name.endsWith(` ${window}`)) ?? null;
}
const kept = (words: string): KeptWords => ({
	...{ batch: null, fresh: [], aside: [] },
	words: [{ id: 'p1', base: { heading: '', words: '' }, mine: { heading: '', words }, after: null }],
});
const wordsOf = ({ words }: KeptWords) => words[0]?.mine.words ?? '';
afterEach(() => vi.unstubAllGlobals());

test.each([true, false])(
	'what several closed windows left stays in the store until it is taken, one by one, safe line %s',
	async (safe) => {
		const open = browser(safe);
		for (const name of ['one', 'two']) {
			const left = open(name);
			left.put(kept(name));
			closed(name, left);
		}
		const taken: string[] = [];
		const third = open('three', 1_000_000);
		await third.take((words) => {
			third.put(words);
			taken.push(wordsOf(words));
			return true;
		});
		expect(taken).toHaveLength(1);
		expect([...places.values()].join()).toContain('one');
		expect([...places.values()].join()).toContain('two');
		// It closes before it took the other one.
		closed('three', third);
		const last = open('four', 2_000_000);
		for (let n = 0; n < 3; n++) await last.take((words) => taken.push(wordsOf(words)) > 0);
		expect([...new Set(taken)].sort()).toEqual(['one', 'two']);
		expect(places.size).toBe(0);
	},
);

test('what cannot be taken now stays', async () => {
	const open = browser(true);
	const left = open('one');
	left.put(kept('one'));
	closed('one', left);
	await open('two').take(() => false);
	expect(places.size).toBe(1);
});

test.each([true, false])('a window that is there keeps what it has, safe line %s', async (safe) => {
	const open = browser(safe);
	open('one', 990_000).put(kept('one'));
	const take = vi.fn(() => true);
	await open('two', 1_000_000).take(take);
	expect(take).not.toHaveBeenCalled();
});

test('another draft and another account are nobody’s business here, and what is nothing of ours goes', async () => {
	const open = browser(true);
	places.set('compact.write other account one', '{"beat":0,"kept":"{}"}');
	places.set(`compact.write ${NAME} one`, 'nonsense');
	await open('two').take(() => true);
	expect([...places.keys()]).toEqual(['compact.write other account one']);
});

test('what signing out cleared does not come back from a window that is there still', () => {
	const one = browser(true)('one');
	one.put(kept('one'));
	places.clear();
	one.put(kept('one, and on'));
	one.leave();
	expect(places.size).toBe(0);
});
