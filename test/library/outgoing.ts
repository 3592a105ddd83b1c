import type { Outgoing } from '#library/export/outgoing.ts';
import type { Text } from '#library/provision.ts';
import type { Version, Work } from '#library/view.ts';

/** A text as it goes out: of New York City unless it says otherwise. */
export function outgoing(
	text: Text,
	given: { readonly work?: Partial<Work>; readonly version?: Partial<Version>; readonly lawSentence?: string } = {},
): Outgoing {
	const work: Work = {
		id: 'w',
		address: 'ny/place/new-york/local-law-58-of-2014',
		title: 'A local law in relation to detainers',
		number: 'Local Law 58 of 2014',
		instrument: 'ordinance',
		form: null,
		place: {
			id: 'ocd-division/country:us/state:ny/place:new_york',
			kind: 'city',
			name: 'New York',
			stateCode: 'NY',
			geoid: '3651000',
			slug: 'new-york',
			legacy: false,
			at: null,
			sample: false,
		},
		language: 'en',
		standing: 'in_force',
		standingSince: '2014-12-14' as Version['day'],
		sample: false,
		withdrawn: null,
		askCounsel: false,
		notes: [],
		summary: {},
		blanks: [],
		facts: [],
		relations: [],
		versions: [],
		...given.work,
	};
	const version: Version = {
		id: 'v',
		address: 'ny/place/new-york/local-law-58-of-2014/2014-11-14',
		day: '2014-11-14' as Version['day'],
		nth: 1,
		language: 'en',
		official: true,
		title: work.title,
		format: 'text',
		profile: null,
		source: { name: null, address: null, retrieved: null, file: false, published: false },
		addedAt: '2026-11-26T00:00:00.000Z',
		text: text.text,
		provisions: text.provisions,
		amendments: text.amendments,
		problems: text.problems,
		earlier: null,
		later: null,
		...given.version,
	};
	return { work, version, origin: 'https://compact.example', lawSentence: given.lawSentence ?? null };
}
