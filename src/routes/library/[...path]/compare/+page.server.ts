import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { type Change, compare, tally } from '#concordance/compare.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { lawFor } from '#law/records.server.ts';
import { locate } from '#library/at.server.ts';
import type { Provision } from '#library/provision.ts';
import { version as readVersion } from '#library/version.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

/** Changes that a page shows at most, and characters of them: what is longer is no page that anybody reads. */
const MOST_CHANGES = 300;
const MOST_LETTERS = 300_000;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const { world, actor, language } = locals;
	const t = speech(language);
	const today = dayAt(world.clock.now());
	const found = await world.db.as(actor, (tx) => locate(params.path, today, tx));
	if (found.kind === 'moved') redirect(308, addressIn(language, `/library/${found.path}/compare${url.search}`));
	if (found.kind === 'none' || found.kind === 'place') throw new NotFound(t.say('library.unknown'));
	const { work } = found;
	const named = (name: string) =>
		work.versions.find(({ address }) => address === `${work.address}/${url.searchParams.get(name)}`);
	const later = named('to') ?? (found.kind === 'work' ? work.versions[0] : found.line);
	if (!later) throw new NotFound(t.say('library.unknown'));
	const siblings = work.versions.filter((one) => one.language === later.language);
	const before = named('from') ?? siblings[siblings.findIndex(({ id }) => id === later.id) + 1];
	const earlier = before?.language === later.language && before.id !== later.id ? before : undefined;
	const pair = await world.db.as(actor, async (tx) => ({
		after: await readVersion(work.id, later.id, tx),
		before: earlier ? await readVersion(work.id, earlier.id, tx) : null,
	}));
	const [from, to] = [pair.before?.provisions ?? [], pair.after?.provisions ?? []];
	const changes = earlier ? compare(from, to) : [];
	const changed = changes.filter(({ state, moved }) => state !== 'same' || moved);
	const shown = bounded(changed);
	// Only versions that there are make pages that are worth keeping.
	locals.cacheable = [...url.searchParams.keys()].every((name) => (name === 'from' || name === 'to') && named(name));
	return {
		work,
		earlier: earlier ?? null,
		later,
		siblings,
		changes: shown.map((change) => {
			const [list, at] = change.after === null ? [from, change.before] : [to, change.after];
			return { ...change, eId: list[at ?? -1]?.eId ?? '', name: nameIn(list, at) };
		}),
		/** How many changes are not shown. */
		more: changed.length - shown.length,
		tally: tally(changes),
		law: await lawFor(work.place?.stateCode ?? null, world),
	};
};

/** The first changes that make a page; at least one, however long it is. */
function bounded(changes: readonly Change[]): readonly Change[] {
	let letters = 0;
	const end = changes.slice(0, MOST_CHANGES).findIndex(({ number, heading, text }) => {
		letters += [...number, ...heading, ...text].reduce((sum, piece) => sum + piece.text.length, 0);
		return letters > MOST_LETTERS;
	});
	return changes.slice(0, end < 0 ? MOST_CHANGES : Math.max(1, end));
}

/** `Section 3. (c)`: the numbers of a provision and of what it lies in; empty where it has none. */
function nameIn(provisions: readonly Provision[], at: number | null): string {
	const numbers: string[] = [];
	for (let i = at; i !== null; i = provisions[i]?.parent ?? null) {
		const number = provisions[i]?.number;
		if (number) numbers.unshift(number);
	}
	return numbers.join(' ');
}
