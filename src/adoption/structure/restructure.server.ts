import type { Actor } from '#access/actor.ts';
import type { Tx, World } from '#platform/world.ts';
import { conditionOf, placeOf, shown, textOf } from '../blank-words.ts';
import { type EditAct, identity, type State } from '../draft.ts';
import { edit } from '../edit.server.ts';
import { stateOf } from '../state.server.ts';
import {
	added,
	type Change,
	joined,
	MOST_PARAGRAPHS,
	moved,
	type Place,
	type Refused,
	removed,
	split,
} from './outline.ts';
import type { Dangling } from './reference.ts';
import { restructured } from './restructure.ts';

/** A change of the structure of a draft; provisions are named by their ids. */
export type Restructuring =
	| { readonly act: 'added'; readonly place: Place; readonly heading: string | null; readonly words: string }
	| { readonly act: 'removed'; readonly provision: string }
	| { readonly act: 'split'; readonly provision: string; readonly at: number }
	| { readonly act: 'joined'; readonly provision: string }
	| { readonly act: 'moved'; readonly provision: string; readonly place: Place };

/** What became of it. `provision`: the one it was about, of two the second. `dangling`: references that mean what is gone. */
export type Restructured =
	| { readonly seq: number; readonly provision: string; readonly dangling: readonly Dangling[] }
	| Refused;

/**
 * Changes the structure of a draft as it reads now: numbers count on and references mean what they meant. Throws as `edit` does.
 */
export async function restructure(
	id: string,
	wish: Restructuring,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<Restructured> {
	const fresh = identity(world.random.uuid());
	const provision = wish.act === 'added' || wish.act === 'split' ? fresh : wish.provision;
	let refused: Refused | null = null;
	let dangling: readonly Dangling[] = [];
	const seq = await edit(
		id,
		{ act: wish.act satisfies EditAct, provision },
		({ provisions, draft }) => {
			const change = changed(provisions, wish, fresh);
			if ('refused' in change) {
				refused = change;
				return {};
			}
			const made = restructured(provisions, change, draft.language);
			dangling = made.dangling;
			return { provisions: made.text, dangling };
		},
		actor,
		world,
		tx,
	);
	return refused ?? { seq, provision, dangling };
}

/**
 * Splits a provision where its paragraphs end: `paragraphs` are its words as they are shown, one after another. The number of
 * the last edit, null where there was none, and why it was not split where it could not be. Throws as `edit` does.
 */
export async function splitParagraphs(
	id: string,
	provision: string,
	paragraphs: readonly string[],
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<{ readonly seq: number | null } & Partial<Refused>> {
	if (paragraphs.length > MOST_PARAGRAPHS) return { seq: null, refused: 'too_many' };
	let last: number | null = null;
	for (let nth = paragraphs.length - 1; nth > 0; nth--) {
		const { provisions, blanks, answers, draft } = await stateOf(id, actor, tx);
		const one = provisions.find((candidate) => candidate.id === provision);
		if (!one) return { seq: last, refused: 'not_there' };
		const { mark, words } = conditionOf(one.text);
		const pieces = shown(words, blanks, answers, draft.language);
		const before = paragraphs.slice(0, nth).join(' ');
		// The name of a blank that is answered is shown otherwise than it was typed.
		if (!textOf(pieces).startsWith(`${before} `)) return { seq: last, refused: 'inside_blank' };
		const at = mark.length + placeOf(pieces, before.length + 1);
		const made = await restructure(id, { act: 'split', provision, at }, actor, world, tx);
		if ('refused' in made) return { seq: last, ...made };
		last = made.seq;
	}
	return { seq: last };
}

function changed(text: State['provisions'], wish: Restructuring, fresh: string): Change | Refused {
	switch (wish.act) {
		case 'added':
			return added(text, { id: fresh, kind: null, heading: wish.heading, words: wish.words }, wish.place);
		case 'removed':
			return removed(text, wish.provision);
		case 'split':
			return split(text, wish.provision, wish.at, fresh);
		case 'joined':
			return joined(text, wish.provision);
		case 'moved':
			return moved(text, wish.provision, wish.place);
	}
}
