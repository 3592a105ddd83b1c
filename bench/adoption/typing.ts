import type { OpenWorld } from '#platform/world.server.ts';
import { caret, settled, standing } from '../../test/pages/writer.ts';
import { demand, type Measures, tell } from '../measure.ts';
import { colleagues, writersIn } from '../writers.ts';
import { chapter, clerk, share } from './editing.ts';

/** Milliseconds from a key to its letter on the screen, of twenty keys all but one. */
const PAINTED_WITHIN = 50;
/** Milliseconds between two keys: somebody who types fast. */
const BETWEEN = 60;
/** Keys in a row in one place. */
const ROW = 25;

/** Notes of each key how long it took from the press, as the browser dates it, until the frame with its letter was drawn. */
const NOTING = `(() => {
	globalThis.painted = [];
	addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => {
		const after = new MessageChannel();
		// Its turn comes once the frame was drawn.
		after.port1.onmessage = () => globalThis.painted.push(performance.now() - timeStamp);
		after.port2.postMessage(null);
	}), true);
})()`;

/**
 * Keys pressed in a real browser in a draft of 301 provisions, from its beginning to its end, while it saves and asks by itself.
 * `data`: folder of the world.
 */
export async function typing(keys: number, data: string, world: OpenWorld): Promise<Measures> {
	const { city } = await clerk(world);
	const [who] = await colleagues(city ?? '', world);
	const id = await chapter('a-typed-chapter', who.actor, world);
	const writers = await writersIn(data);
	try {
		const page = await writers.open(id, who);
		await page.evaluate(NOTING);
		const all = await standing(page);
		const written = all.filter(({ words }) => words !== '');
		for (let n = 0; n < keys; n++) {
			if (n % ROW === 0) await caret(page, written[Math.floor((n / keys) * written.length)]?.id ?? '', 20);
			await page.keyboard.press('abcdefghij '[n % 11] ?? 'x');
			await page.waitForTimeout(BETWEEN);
		}
		await settled(page);
		const times = await page.evaluate<number[]>('globalThis.painted');
		return {
			typed: tell(times.length, `keys in ${all.length} provisions`),
			paint_median: tell(share(times, 0.5), 'ms from a key to its letter on the screen'),
			paint_p95: demand(share(times, 0.95), 'ms', { most: PAINTED_WITHIN }),
			paint_longest: tell(Math.max(...times), 'ms'),
		};
	} finally {
		await writers.stop();
	}
}
