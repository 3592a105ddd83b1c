import { type Field, FLAG, oneOf, orNull, TEXT } from '#kernel/field.ts';
import type { State } from '../draft.ts';
import { type Naming, nameOfPlace } from '../name/naming.ts';
import { wordsAround } from '../name/reading.ts';

/** A place that names another city, in the state of the draft that it is found in. */
export interface NameView {
	readonly place: Naming & { readonly kept: boolean };
	readonly state: State;
}

export const NAME_FIELDS: readonly Field<NameView>[] = [
	{ name: 'id', schema: TEXT, meaning: 'name.id', heading: 'Place', of: ({ place }) => nameOfPlace(place) },
	{ name: 'provision', schema: TEXT, meaning: 'name.provision', of: ({ place }) => place.provision },
	{ name: 'part', schema: oneOf(['heading', 'text']), meaning: 'name.part', of: ({ place }) => place.part },
	{ name: 'place', schema: TEXT, meaning: 'name.place', of: ({ place }) => place.of },
	{ name: 'before', schema: TEXT, meaning: 'name.before', of: ({ place, state }) => wordsAround(place, state).before },
	{ name: 'was', schema: TEXT, meaning: 'name.was', heading: 'Reads', of: ({ place }) => place.was },
	{ name: 'now', schema: TEXT, meaning: 'name.now', heading: 'Would read', of: ({ place }) => place.now },
	{ name: 'after', schema: TEXT, meaning: 'name.after', of: ({ place, state }) => wordsAround(place, state).after },
	{
		name: 'doubt',
		schema: orNull(oneOf(['another', 'cited', 'word', 'sort', 'state'])),
		meaning: 'name.doubt',
		heading: 'In doubt',
		of: ({ place }) => place.doubt,
	},
	{ name: 'kept', schema: FLAG, meaning: 'name.kept', heading: 'Kept', of: ({ place }) => place.kept },
];
