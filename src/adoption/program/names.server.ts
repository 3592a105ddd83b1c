import { idOf, list, needed } from '#kernel/body.ts';
import { COUNT } from '#kernel/field.ts';
import { putNames } from '../name/names.server.ts';
import { type Deed, deed } from './deed.server.ts';
import { EDIT_NUMBER } from './text.server.ts';

/** Places of one decision: more than any text has. */
const MOST_PLACES = 10_000;

const naming = deed({
	name: 'names',
	what: 'Put the city’s own name where the draft names the city that it was copied from, and keep other places as they are, in one edit',
	gives: { seq: COUNT, put: COUNT, kept: COUNT, missed: COUNT },
	takes: {
		put: list('ids of the places that get the own name, from names.json', idOf('an id'), MOST_PLACES, 0),
		keep: list('ids of the places that stay, and are not asked about again', idOf('an id'), MOST_PLACES, 0),
		since: needed(EDIT_NUMBER('the number of the edit after which you read the draft')),
	},
	async run(id, { put = [], keep = [], since }, actor, world, tx) {
		const decided = { put: new Set(put), keep: new Set(keep), since };
		const { was: _, ...made } = await putNames(id, decided, actor, world, tx);
		return made;
	},
});

/** What is decided on names of another city. */
export const NAMES_DEEDS: readonly Deed[] = [naming];
