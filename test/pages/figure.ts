type Row = Readonly<Record<string, unknown>>;

/** A figure as a page shows it. */
export interface Figure {
	readonly id: string;
	readonly value: number;
	readonly text: string;
}

/** Where figures are taken from: records of the API, and what only the command line gives. */
export interface Records {
	records(dataset: string, query?: Readonly<Record<string, string>>): Promise<Row[]>;
	printed(verb: string, ...options: string[]): Promise<Row[]>;
	/** Where an address leads in the end. */
	settled(path: string): Promise<string>;
}

type Compute = (from: Records, hook: readonly string[], page: readonly string[]) => number | Promise<number>;

const has = (list: unknown, one: string) => Array.isArray(list) && list.includes(one);
const some = (list: unknown) => Array.isArray(list) && list.length > 0;
const sum = (rows: readonly Row[], of: (row: Row) => unknown) =>
	rows.reduce((total, row) => total + Number(of(row)), 0);
const distinct = (rows: readonly Row[], field: string) => new Set(rows.map((row) => row[field])).size;

const listed = async ({ records }: Records, of: (row: Row) => boolean = () => true) =>
	(await records('agreements')).filter((row) => row.standing === 'listed' && of(row));
const agencies = async ({ records }: Records, of: (row: Row) => boolean) => (await records('agencies')).filter(of);
const points = async ({ records }: Records) => (await records('series')) as Row[];
/** Lists that take part, of one kind or of both, oldest first. */
const taking = async ({ records }: Records, kind?: string) =>
	(await records('lists'))
		.filter((row) => row.standing === 'read' && (kind === undefined || row.kind === kind))
		.sort((a, b) => String(a.modified).localeCompare(String(b.modified)));
const standing = async ({ records }: Records, of: (row: Row) => boolean = () => true) =>
	(await records('events')).filter((row) => !row.baseline && row.withdrawn_at === null && of(row));

/** What the latest lists changed. */
async function changed(from: Records, of: (row: Row) => boolean): Promise<number> {
	const latest = new Map<unknown, unknown>();
	for (const row of await taking(from)) latest.set(row.kind, row.modified);
	return (await standing(from, (row) => row.at === latest.get(row.list) && of(row))).length;
}

/** Agencies whose area is a county, by the county. */
async function counties(from: Records, model: string | null): Promise<number> {
	const own = await agencies(from, (row) => row.area_level === 'county' && row.area_place !== null);
	return distinct(
		own.filter((row) => (model === null ? some(row.models) : has(row.models, model))),
		'area_place',
	);
}

/** GEOIDs of the counties of an area; the names of those that have none because they are invented. */
function countiesOf({ county_geoids, area_geoid, area_level, area_name, county }: Row): unknown[] {
	if (some(county_geoids) || area_geoid !== null) return county_geoids as string[];
	const name = area_level === 'county' ? area_name : county;
	return name === null ? [] : [name];
}

const involved = (row: Row) => some(row.models) || some(row.applications);

/** Of a place by the end of its address: `tx`, `tx/walker-county`, `tx/place/huntsville`. */
const stateOf = (path: string) => path.slice(0, 2).toUpperCase();
const kindOf = (path: string) => (path.length === 2 ? 'state' : path.includes('/place/') ? 'city' : 'county');

/** Listed agencies around the place of a page, which is a county or a city: how many of them count to a group. */
async function around(from: Records, path: string, group: string): Promise<number> {
	const listedHere = (await from.records('agencies', { place: path })).filter((row) => some(row.models));
	const inside = (row: Row) => kindOf(path) === 'county' && row.area_level === 'city';
	if (group === 'inside') return listedHere.filter(inside).length;
	const serving = listedHere.filter((row) => !inside(row));
	if (group === 'own') return serving.filter((row) => row.body !== 'statewide').length;
	return serving.filter((row) => row.body === group).length;
}

/** The query of a page, in the names of the API. */
function queryOf(path: string | undefined): Record<string, string> {
	return Object.fromEntries(new URLSearchParams(path?.split('?')[1] ?? ''));
}
const MODEL = { TFM: 'tfm', JEM: 'jem', WSO: 'wso' } as Readonly<Record<string, string>>;

/** How each hook of each page is made from records. */
const TABLE: readonly (readonly [page: RegExp, hook: RegExp, compute: Compute])[] = [
	[/^\/$/, /^agreements-listed$/, async (from) => (await listed(from)).length],
	[/^\/(watch(\?.*)?)?$/, /^agencies-listed$/, async (from) => distinct(await listed(from), 'agency_id')],
	[/^\/(watch(\?.*)?)?$/, /^states-listed$/, async (from) => distinct(await listed(from), 'state_code')],
	[
		/^\/(watch(\?.*)?)?$/,
		/^pending$/,
		async (from) => sum(await agencies(from, () => true), (row) => (row.applications as unknown[]).length),
	],
	[/^\/(watch(\?.*)?)?$/, /^changed-(\w+)$/, (from, [, kind]) => changed(from, (row) => row.kind === kind)],
	[
		/^\/(watch(\?.*)?)?$/,
		/^map-statewide$/,
		async (from) => (await agencies(from, (row) => involved(row) && row.area_level === 'state')).length,
	],
	[
		/^\/(watch(\?.*)?)?$/,
		/^map-unplaced$/,
		async (from) => (await agencies(from, (row) => involved(row) && row.area_place === null)).length,
	],
	[/^\/(watch(\?.*)?)?$/, /^map-counties$/, async (from, _, [path]) => counties(from, queryOf(path).model ?? 'TFM')],
	[/^\/(watch(\?.*)?)?$/, /^map-of$/, async (from) => counties(from, null)],
	[
		/^\/watch(\?.*)?$/,
		/^listed-([A-Z]{3})$/,
		async (from, [, model]) => (await listed(from, (row) => row.model === model)).length,
	],
	[
		/^\/watch(\?.*)?$/,
		/^listed-([A-Z]{2})$/,
		async (from, [, state = '']) => {
			const found = (await listed(from, (row) => row.state_code === state)).length;
			const series = await from.records('series', { state });
			return Number(series.at(-1)?.agreements) === found ? found : Number.NaN;
		},
	],
	[
		/^\/watch(\?.*)?$/,
		/^new-([A-Z]{3})$/,
		(from, [, model]) => changed(from, (row) => row.kind === 'listed' && row.model === model),
	],
	[
		/^\/watch(\?.*)?$/,
		/^pending-agencies$/,
		async (from) => (await agencies(from, (row) => some(row.applications))).length,
	],
	[/^\/watch(\?.*)?$/, /^lists$/, async (from) => (await taking(from)).length],
	[/^\/watch(\?.*)?$/, /^time-lists$/, async (from) => (await points(from)).length],
	[/^\/watch(\?.*)?$/, /^time-from$/, async (from) => Number((await points(from))[0]?.agreements)],
	[/^\/watch(\?.*)?$/, /^time-to$/, async (from) => Number((await points(from)).at(-1)?.agreements)],
	[
		/^\/watch(\?.*)?$/,
		/^end-([A-Z]{3})$/,
		async (from, [, model = '']) => Number((await points(from)).at(-1)?.[MODEL[model] ?? '']),
	],
	[
		/^\/watch(\?.*)?$/,
		/^agencies-found$/,
		async (from, _, [path]) => {
			const { kind: _kind, ...query } = queryOf(path);
			return (await from.records('agencies', query)).filter(involved).length;
		},
	],
	[
		/^\/watch(\?.*)?$/,
		/^events-found$/,
		async (from, _, [path]) => {
			const found = await from.records('events', queryOf(path));
			return found.filter((row) => !row.baseline && row.withdrawn_at === null).length;
		},
	],
	[
		/^\/watch\/agency\/(\w+)$/,
		/^agreements-listed$/,
		async (from, _, [, agency]) => (await listed(from, (row) => row.agency_id === agency)).length,
	],
	[
		/^\/watch\/agency\/(\w+)$/,
		/^withdrawn$/,
		async ({ records }, _, [, agency]) =>
			(await records('events')).filter((row) => row.agency_id === agency && row.withdrawn_at !== null).length,
	],
	[
		/^\/watch\/place$/,
		/^agencies-([A-Z]{2})$/,
		async (from, [, state]) => distinct(await listed(from, (row) => row.state_code === state), 'agency_id'),
	],
	[
		/^\/watch\/place$/,
		/^([A-Z]{3})-([A-Z]{2})$/,
		async (from, [, model, state]) =>
			(await listed(from, (row) => row.state_code === state && row.model === model)).length,
	],
	[
		/^\/watch\/place\/(\w\w)$/,
		/^agencies-listed$/,
		async (from, _, [, state]) =>
			(await agencies(from, (row) => row.state_code === state?.toUpperCase() && some(row.models))).length,
	],
	[
		/^\/watch\/place\/(\w\w)$/,
		/^counties-listed$/,
		async (from, _, [, state]) => {
			const local = await agencies(
				from,
				(row) => row.state_code === state?.toUpperCase() && some(row.models) && row.area_level !== 'state',
			);
			return new Set(local.flatMap(countiesOf)).size;
		},
	],
	[
		/^\/watch\/place\/(.+)$/,
		/^agencies-(own|jail|special|inside|statewide)$/,
		(from, [, group = ''], [, path = '']) => around(from, path, group),
	],
	[
		/^\/watch\/place\/(.+)$/,
		/^events-statewide$/,
		async (from, _, [, path = '']) => {
			const whole = await agencies(from, (row) => row.area_level === 'state' && row.body !== 'special');
			const ids = whole.map((row) => row.id);
			const found = await from.records('events', { place: path });
			return found.filter((row) => !row.baseline && row.withdrawn_at === null && ids.includes(row.agency_id)).length;
		},
	],
	[
		/^\/watch\/place\/(.+)$/,
		/^agencies-unplaced$/,
		async (from, _, [, path = '']) => {
			const state = stateOf(path);
			return (await agencies(from, (row) => row.state_code === state && some(row.models) && row.area_place === null))
				.length;
		},
	],
	[
		/^\/watch\/place\/(.+)$/,
		/^applications$/,
		async (from, _, [, path = '']) => {
			const around = await (kindOf(path) === 'state'
				? agencies(from, (row) => row.state_code === stateOf(path))
				: from.records('agencies', { place: path }));
			return sum(around, (row) => (row.applications as unknown[]).length);
		},
	],
	[
		/^\/watch\/place\/(.+)$/,
		/^events-found$/,
		async ({ records }, _, [, place = '']) => {
			const found = await records('events', { place });
			return found.filter((row) => !row.baseline && row.withdrawn_at === null).length;
		},
	],
	[/^\/watch\/lists$/, /^files$/, async ({ records }) => (await records('lists')).length],
	[
		/^\/watch\/lists$/,
		/^(rows|problems)-(\w{64})$/,
		async ({ records }, [, field = '', sha256]) =>
			Number((await records('lists')).find((row) => row.sha256 === sha256)?.[field]),
	],
	[
		/^\/watch\/lists\/(\w{64})$/,
		/^rows-read$/,
		async ({ records }, _, [, sha256]) => Number((await records('lists')).find((row) => row.sha256 === sha256)?.rows),
	],
	[
		/^\/watch\/lists\/(\w{64})$/,
		/^(agreements|agencies|states|listed-([A-Z]{3}))$/,
		async (from, [, field = '', model], [, sha256]) =>
			Number((await points(from)).find((row) => row.sha256 === sha256)?.[model ? (MODEL[model] ?? '') : field]),
	],
	[
		/^\/watch\/review$/,
		/^open-(\w+)$/,
		async ({ printed }, [, reason]) => (await printed('review')).filter((row) => row.reason === reason).length,
	],
	[
		/^\/watch\/review$/,
		/^times-(\w+)$/,
		async ({ printed }, [, code]) => (await printed('problems')).filter((row) => row.code === code).length,
	],
	[
		/^\/watch\/review$/,
		/^refused-(\w+)$/,
		async ({ records }, [, code]) => (await records('lists')).filter((row) => row.reason === code).length,
	],
];

/** What the records give for a hook of a page. A hook that the table does not know is told. */
export async function figureOf(path: string, id: string, from: Records): Promise<number> {
	for (const [page, hook, compute] of TABLE) {
		const [onPage, known] = [page.exec(path), hook.exec(id)];
		if (onPage && known) return compute(from, known, onPage);
	}
	throw new Error(`${path} shows a figure ${id} that test/pages/figure.ts cannot make from records.`);
}

/** Pages with figures: each kind of page, and of records some of every sort. */
export async function pagesOf(from: Records): Promise<string[]> {
	const all = await from.records('agencies');
	const lists = await taking(from, 'participating');
	const first = (of: (row: Row) => boolean) => all.filter(of).slice(0, 2);
	const picked = [
		...first((row) => some(row.models)),
		...first((row) => !some(row.models)),
		...first((row) => some(row.applications)),
		...first((row) => Array.isArray(row.models) && row.models.length > 1),
	];
	const model = String(all.find((row) => some(row.models))?.state_code);
	const pages = new Set(['/', '/watch', '/watch?model=JEM', `/watch?state=${model}`, '/watch?kind=granted&model=TFM']);
	for (const row of picked) pages.add(`/watch/agency/${row.id}`);
	for (const path of ['/watch/place', '/watch/lists', '/watch/review', '/corrections']) pages.add(path);
	for (const row of [...lists.slice(0, 1), ...lists.slice(-1)]) pages.add(`/watch/lists/${row.sha256}`);
	for (const state of [...new Set(all.map((row) => String(row.state_code).toLowerCase()))].slice(0, 5)) {
		pages.add(`/watch/place/${state}`);
	}
	for (const level of ['county', 'city']) {
		for (const row of all.filter((one) => one.area_level === level && one.area_place !== null).slice(0, 4)) {
			pages.add(await from.settled(`/watch/place/${row.area_place}`));
		}
	}
	return [...pages];
}
