import { describe, expect, test } from 'vitest';
import { byTone, findingOf, reachOf, tableOf, toneAt } from '../../src/routes/watch/map/marks.ts';
import type { Model } from '../../src/watch/model.ts';
import type { MarkedPlace } from '../../src/watch/reading.ts';

function place(
	name: string,
	models: readonly Model[],
	applications: readonly Model[] = [],
	kind: MarkedPlace['kind'] = 'county',
): MarkedPlace {
	const [stateCode = '', slug = ''] = name.split(' ');
	return { id: name, kind, name: slug, stateCode, slug, geoid: null, at: null, agencies: 1, models, applications };
}

const places = [
	place('TX alder', ['TFM', 'WSO']),
	place('TX birch', ['WSO'], ['TFM']),
	place('OH cedar', ['JEM']),
	place('OH dove', [], ['WSO']),
	place('OH elm', ['TFM'], [], 'city'),
];

test.each([
	[['TFM', 'WSO'], [], null, 'tf'],
	[['WSO'], ['TFM'], null, 'wso'],
	[[], ['TFM'], null, 'pend'],
	[[], [], null, null],
	[['TFM', 'WSO'], [], 'WSO', 'wso'],
	[['TFM'], [], 'JEM', null],
	[['WSO'], ['TFM'], 'pending', 'pend'],
	[['WSO'], [], 'pending', null],
] as const)(
	'a place with %j listed and %j applied for, narrowed to %s, is %s',
	(models, applications, chosen, tone) => {
		expect(toneAt({ models, applications }, chosen)).toBe(tone);
	},
);

test('what reaches furthest is drawn last, on top', () => {
	expect(byTone(places, null).map(({ tone, places: there }) => [tone, there.map(({ slug }) => slug)])).toEqual([
		['pend', ['dove']],
		['wso', ['birch']],
		['jem', ['cedar']],
		['tf', ['alder', 'elm']],
	]);
});

test('the table names every place of the map once, by state', () => {
	const table = tableOf({ places }, null);
	expect(
		table.map(({ stateCode, rows }) => [
			stateCode,
			...rows.map(({ tone, counties, cities }) => [tone, counties.length, cities.length]),
		]),
	).toEqual([
		['OH', ['tf', 0, 1], ['jem', 1, 0], ['pend', 1, 0]],
		['TX', ['tf', 1, 0], ['wso', 1, 0]],
	]);
	expect(tableOf({ places }, 'JEM').map(({ stateCode }) => stateCode)).toEqual(['OH']);
});

describe('the sentence over the map', () => {
	test('counts the counties whose own agencies are listed, cities apart, applications not', () => {
		expect(reachOf({ places })).toEqual({ counties: 3, cities: 1, byModel: { TFM: 1, JEM: 1, WSO: 2 } });
	});

	test.each([
		[places, null, { key: 'chart.map.some', n: 1, of: 3 }],
		[places.slice(0, 1), null, { key: 'chart.map.all', n: 1, of: 1 }],
		[[...places, place('IA fir', ['TFM']), place('IA gum', ['TFM'])], null, { key: 'chart.map.most', n: 3, of: 5 }],
		[places, 'WSO', { key: 'chart.map.chosen', n: 2, of: 3 }],
		[places, 'pending', { key: 'chart.map.pending', n: 2, of: 3 }],
		[places.slice(3), null, { key: 'chart.map.none', n: 0, of: 0 }],
	] as const)('is the one that fits, case %#', (shown, chosen, finding) => {
		expect(findingOf({ places: shown }, chosen)).toEqual(finding);
	});
});
