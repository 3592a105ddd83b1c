import { MODELS, type Model } from '#watch/model.ts';
import type { Marked, MarkedPlace } from '#watch/reading.ts';
import { type Tone, toneOf } from '../shown.ts';

/** What the map is narrowed to: one model of listed agreements, or applications. */
export type Chosen = Model | 'pending' | null;

/** The tone of a place: its furthest-reaching listed model, or the chosen one; hatched where there is only an application; null for no mark. */
export function toneAt(
	{ models, applications }: Pick<MarkedPlace, 'models' | 'applications'>,
	chosen: Chosen,
): Tone | null {
	if (chosen === 'pending') return applications.length > 0 ? 'pend' : null;
	if (chosen !== null) return models.includes(chosen) ? toneOf(chosen) : null;
	const [furthest] = models;
	if (furthest) return toneOf(furthest);
	return applications.length > 0 ? 'pend' : null;
}

/** In the order in which they are drawn: what reaches furthest lies on top. */
const TONES: readonly Tone[] = ['pend', 'wso', 'jem', 'tf'];

/** Places of one tone, the least far-reaching tone first; tones without a place are left out. */
export function byTone(places: readonly MarkedPlace[], chosen: Chosen): { tone: Tone; places: MarkedPlace[] }[] {
	return TONES.map((tone) => ({ tone, places: places.filter((place) => toneAt(place, chosen) === tone) })).filter(
		(group) => group.places.length > 0,
	);
}

/** How many counties and cities have agencies of their own with each model, and with any. */
export interface Reach {
	readonly counties: number;
	readonly cities: number;
	/** Counties with a listed agreement of that model. */
	readonly byModel: Readonly<Record<Model, number>>;
}

export function reachOf({ places }: Pick<Marked, 'places'>): Reach {
	const listed = places.filter(({ models }) => models.length > 0);
	const counties = listed.filter(({ kind }) => kind === 'county');
	const having = (model: Model) => counties.filter(({ models }) => models.includes(model)).length;
	return {
		counties: counties.length,
		cities: listed.length - counties.length,
		byModel: { TFM: having('TFM'), JEM: having('JEM'), WSO: having('WSO') },
	};
}

/** What the map shows, in words: which models, in which counties and cities of a state. */
export interface StateRows {
	readonly stateCode: string;
	/** Never empty; a place stands in one row, that of its furthest-reaching tone. */
	readonly rows: readonly {
		readonly tone: Tone;
		readonly counties: readonly MarkedPlace[];
		readonly cities: readonly MarkedPlace[];
	}[];
}

/** The table that says the same as the map, by state and tone, furthest-reaching first. */
export function tableOf({ places }: Pick<Marked, 'places'>, chosen: Chosen): StateRows[] {
	const codes = [...new Set(places.map(({ stateCode }) => stateCode))].sort();
	return codes
		.map((stateCode) => {
			const groups = byTone(
				places.filter((place) => place.stateCode === stateCode),
				chosen,
			);
			const rows = groups.toReversed().map(({ tone, places: there }) => ({
				tone,
				counties: there.filter(({ kind }) => kind === 'county'),
				cities: there.filter(({ kind }) => kind !== 'county'),
			}));
			return { stateCode, rows };
		})
		.filter(({ rows }) => rows.length > 0);
}

/** The key of the sentence over the map, and its numbers. */
export interface Finding {
	readonly key:
		| 'chart.map.none'
		| 'chart.map.all'
		| 'chart.map.most'
		| 'chart.map.some'
		| 'chart.map.chosen'
		| 'chart.map.pending';
	readonly n: number;
	readonly of: number;
}

/** Says no more than the lists: counties whose own agencies are listed, never what anyone does there. */
export function findingOf(marked: Pick<Marked, 'places'>, chosen: Chosen): Finding {
	const { counties: of, byModel } = reachOf(marked);
	if (chosen === 'pending') {
		const n = marked.places.filter(({ kind, applications }) => kind === 'county' && applications.length > 0).length;
		return { key: 'chart.map.pending', n, of };
	}
	const n = byModel[chosen ?? MODELS[0]];
	if (of === 0) return { key: 'chart.map.none', n, of };
	if (chosen !== null && chosen !== MODELS[0]) return { key: 'chart.map.chosen', n, of };
	return { key: n === of ? 'chart.map.all' : n * 2 > of ? 'chart.map.most' : 'chart.map.some', n, of };
}
