import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
	ATLAS_SOURCE,
	type Atlas,
	type AtlasTopology,
	atlas,
	CITIES_SOURCE,
	countyTeller,
	LEGACY_SOURCE,
} from './atlas.ts';
import { citiesIn } from './city.ts';

/** A package of the atlas as it is installed. */
export interface Package {
	readonly name: string;
	readonly version: string;
	readonly vintage: string;
}

const VINTAGES: Readonly<Record<string, string>> = {
	[ATLAS_SOURCE]: '2023',
	[LEGACY_SOURCE]: '2017',
	[CITIES_SOURCE]: 'GeoNames',
};
const FILES: Readonly<Record<string, string>> = {
	[ATLAS_SOURCE]: `${ATLAS_SOURCE}/counties-10m.json`,
	[LEGACY_SOURCE]: `${LEGACY_SOURCE}/counties-10m.json`,
	[CITIES_SOURCE]: CITIES_SOURCE,
};
/** The dump as GeoNames gives it, beside the package's own reader, which does not get through it: some entries have no feature code. */
const CITIES_FILE = 'cities500.txt';

/** The three packages and their installed versions; reads a few kilobytes. */
export async function atlasPackages(): Promise<Package[]> {
	return Promise.all(
		Object.entries(VINTAGES).map(async ([name, vintage]) => {
			const manifest = await readFile(join(folderOf(name), 'package.json'), 'utf8');
			const { version } = JSON.parse(manifest) as { version: string };
			return { name, version, vintage };
		}),
	);
}

/** Reads and works out the whole atlas: some 34 MB, a second; call it only where the tables lack it. */
export async function readAtlas(): Promise<Atlas> {
	const [current, former, cities] = await Promise.all([
		json<AtlasTopology>(ATLAS_SOURCE),
		json<AtlasTopology>(LEGACY_SOURCE),
		readFile(join(dirname(pathOf(CITIES_SOURCE)), CITIES_FILE), 'utf8'),
	]);
	return atlas(current, former, citiesIn(cities));
}

/** Reads the borders, and tells the counties of a point by them: the present one first. */
export async function readCountyTeller(): Promise<ReturnType<typeof countyTeller>> {
	return countyTeller(await json<AtlasTopology>(ATLAS_SOURCE), await json<AtlasTopology>(LEGACY_SOURCE));
}

async function json<T>(name: string): Promise<T> {
	return JSON.parse(await readFile(pathOf(name), 'utf8')) as T;
}

/** The folder of an installed package: its manifest may be closed to resolution, its entry is not. */
function folderOf(name: string): string {
	const within = join('node_modules', ...name.split('/'));
	const entry = pathOf(name);
	return entry.slice(0, entry.lastIndexOf(within) + within.length);
}

/** Found where it is installed and read as a file, so that no bundler swallows it. */
function pathOf(name: string): string {
	return createRequire(import.meta.url).resolve(FILES[name] ?? name);
}
