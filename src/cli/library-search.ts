import { VISITOR } from '#access/actor.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { toRecords } from '#kernel/field.ts';
import { INSTRUMENTS, STANDINGS, TEXT_LANGUAGES } from '#library/policy.ts';
import { HIT_FIELDS } from '#library/record/hit.ts';
import { readAsked } from '#library/search/asked.ts';
import { reindex } from '#library/search/index.server.ts';
import { searchLibrary } from '#library/search/search.server.ts';
import { placeAt } from '#places/address.server.ts';
import type { World } from '#platform/world.ts';
import { type Args, Usage, type Verb } from './command.ts';
import { counted, print, TABLE_OPTIONS } from './output.ts';

/** Options that are lists of the address of the page, by the same names. */
const LISTS = ['state', 'instrument', 'standing', 'year', 'protection', 'language'] as const;

export const searching: Verb = {
	name: 'search',
	summary: 'Find provisions by their words, best first',
	detail: [
		'Takes words, "words together", -without, this OR that, begin*, and numbers as the law writes them: 287(g), § 1373, 9-131. Quote the whole for your shell, and put -- before words that begin with a dash.',
	],
	operands: [{ name: 'WORDS', summary: 'what to look for', many: true }],
	options: {
		...TABLE_OPTIONS,
		state: { value: 'CODE', many: true, summary: 'only of this state, by its postal code (NY)' },
		place: { value: 'PLACE', many: true, summary: 'only of this place, by its address (ny/place/new-york-city)' },
		instrument: { value: 'KIND', many: true, choices: INSTRUMENTS, summary: 'only in papers of this kind' },
		standing: { value: 'STANDING', many: true, choices: STANDINGS, summary: 'only in those that stand so today' },
		year: { value: 'YEAR', many: true, summary: 'only in versions of this year' },
		protection: {
			value: 'CODE',
			many: true,
			summary: 'only in versions with this protection, by its code or short form',
		},
		language: { value: 'LANGUAGE', many: true, choices: TEXT_LANGUAGES, summary: 'only in this language' },
		'all-versions': { summary: 'also in versions that a newer one has taken the place of' },
		page: { value: 'NUMBER', default: '1', summary: 'which twenty of the hits' },
	},
	examples: [
		{ command: 'library search judicial warrant --standing in_force', what: 'both words, in what is in force' },
		{ command: `library search '"immigration detainer" OR 287(g)'`, what: 'a phrase or a section' },
	],
	async run(args, io) {
		const world = await io.world();
		const query = new URLSearchParams({ q: args.operands.join(' '), page: args.text('page') ?? '1' });
		for (const name of LISTS) for (const value of args.all(name)) query.append(name, value);
		for (const place of args.all('place')) query.append('place', await placeId(place, world));
		if (args.has('all-versions')) query.set('versions', 'all');
		const asked = readAsked(query);
		demandTaken(args, query, asked);
		const found = await searchLibrary(asked, dayAt(world.clock.now()), world);
		await print(toRecords(HIT_FIELDS, found.hits), HIT_FIELDS, args, io);
		if (args.text('format') !== 'text') return;
		if (found.notice)
			await io.write(
				found.notice.kind === 'corrected'
					? `No text has a word as you wrote it; looked for: ${found.notice.words.join(', ')}.\n`
					: `Nothing has every word; looked for any of: ${found.notice.words.join(', ')}.\n`,
			);
		await io.write(`${found.total} found; page ${asked.page} of ${Math.max(1, found.pages)}.\n`);
	},
};

export const reindexing: Verb = {
	name: 'reindex',
	summary: 'Make the search index anew where it is missing or older than this City Compact',
	options: { everything: { summary: 'all of it, whatever is there' } },
	examples: [{ command: 'library reindex', what: 'after an update' }],
	async run(args, io) {
		const count = await reindex(await io.world(), args.has('everything'));
		await io.write(`${counted(count, 'version')} indexed.\n`);
	},
};

/** What the page leaves out silently is said on a command line. */
function demandTaken(args: Args, query: URLSearchParams, asked: ReturnType<typeof readAsked>): void {
	for (const name of LISTS)
		if (asked[name].length < new Set(query.getAll(name)).size)
			throw new Usage(
				`--${name} does not take ${args.all(name).join(', ')}. Look at: citycompact library search --help`,
			);
	if (String(asked.page) !== args.text('page')) throw new Usage('--page takes a number from 1.');
}

async function placeId(text: string, world: Pick<World, 'db'>): Promise<string> {
	const found = await world.db.as(VISITOR, (tx) => placeAt(text, tx));
	if (!found)
		throw new NotFound(`There is no place ${text}. Write the end of its address, such as ny/place/new-york-city.`);
	return found.id;
}
