import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { stateOf } from '#adoption/state.server.ts';
import { piecesOf } from '#adoption/write/piece.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { begun } from '../adoption/begun.ts';
import { diceOf } from '../library/mutant.ts';
import { browserPath, openBrowser } from './browser.ts';
import { startSite } from './site.ts';
import { write } from './two-writers.ts';
import { PATIENCE, walking } from './walking.ts';
import { question } from './writer.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const walk = walking(site, await openBrowser());

const [city] = await world.db.as(SYSTEM, (tx) =>
	tx.selectFrom('place').select('id').where('slug', '=', 'alder-falls').where('sample', '=', true).execute(),
);
const placeId = city?.id ?? '';
const [clerk, attorney] = [
	await signedIn(world, { role: 'member', placeId }),
	await signedIn(world, { role: 'counsel', placeId, counsel: true }),
];

/** `npm run soak:editors` does it for five minutes. */
const SECONDS = 12;

describe.skipIf(browserPath() === null)('a clerk and an attorney who write in one draft at once', () => {
	test(
		'over a cut line come to the same words, and lose none',
		async () => {
			const draft = await begun('Together', clerk.actor, world);
			const open = async (who: typeof clerk) => {
				const { page } = await walk(`/adoption/${draft}/write`, who.cookie, { javaScriptEnabled: true });
				await page.locator('#writing[data-ready]').waitFor();
				return page;
			};
			const { lost, doubled, apart, typed } = await write([await open(clerk), await open(attorney)], {
				...{ seconds: SECONDS, cuts: 1, dice: diceOf(7) },
				text: () =>
					world.db.as(clerk.actor, async (tx) =>
						piecesOf(await stateOf(draft, clerk.actor, tx)).map(({ words }) => words.trim()),
					),
			});
			expect({ lost, doubled, apart }).toEqual({ lost: [], doubled: [], apart: [] });
			expect(typed).toBeGreaterThan(0);
		},
		PATIENCE,
	);

	test('lets in no second member of a governing body, nor tells it who is there', async () => {
		const draft = await begun('Met', clerk.actor, world);
		const [ana, ben] = [
			await signedIn(world, { role: 'member', placeId }),
			await signedIn(world, { role: 'member', placeId }),
		];
		await world.db.as(SYSTEM, (tx) =>
			sql`update coalition_seat set governing = true where id in (${ana.seat}, ${ben.seat})`.execute(tx),
		);
		const address = `${site.origin}/adoption/${draft}/write`;
		const ask = async (who: typeof ana, save: boolean) => {
			const answer = await (save
				? fetch(`${address}/save`, question(site.origin, draft, who))
				: fetch(`${address}/copied`, { headers: { cookie: who.cookie, accept: 'application/json' } }));
			return [answer.status, await answer.text()] as const;
		};
		expect((await ask(ana, true))[0]).toBe(200);
		for (const save of [true, false]) {
			const [status, text] = await ask(ben, save);
			expect([status, text]).toEqual([409, expect.stringContaining('open meetings law')]);
			expect(text).not.toContain('Person of');
		}
	});
});
