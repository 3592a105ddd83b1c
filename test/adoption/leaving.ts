import type { Drafted } from '#adoption/out/marked.ts';
import type { Outgoing } from '#adoption/out/outgoing.ts';
import type { Day } from '#kernel/day.ts';
import { copied } from './edits.ts';
import type { MODELS } from './models.ts';

/** A draft of a city that was copied from a model of the shelf, as it goes out. */
export function leaving(
	model: Omit<(typeof MODELS)[number], 'instrument'>,
	provisions: readonly Drafted[],
	given: Partial<Outgoing> = {},
): Outgoing {
	return {
		draft: { title: 'An ordinance on “detainers” & warrants', instrument: 'ordinance', language: 'en', sample: true },
		place: { name: 'SAMPLE Alder Falls', stateCode: 'SA' },
		office: 'Office of the City Attorney, SAMPLE Alder Falls',
		person: null,
		day: '2026-11-27' as Day,
		origin: 'https://compact.example',
		lawSentence: 'No reviewed state-law record for Texas; ask counsel before using this text.',
		askCounsel: false,
		sources: [
			{
				nth: 1,
				since: 1,
				workId: 'w',
				expressionId: 'e',
				address: `coalition/${model.name}/2026-11-26`,
				title: `Model ${model.name}`,
				day: '2026-11-26' as Day,
				whole: true,
				model: true,
				owner: null,
			},
		],
		blanks: model.blanks,
		answers: {},
		provisions,
		base: copied(model.provisions),
		since: null,
		...given,
	};
}
