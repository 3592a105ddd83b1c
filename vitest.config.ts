import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { countyMap } from './vite.map.ts';

/** Each suite is a folder of `test/` or some; `npm test` names those it cannot run. */
const SUITES = {
	laws: ['test/laws/**/*.test.ts'],
	unit: ['test/!(laws|pages|docs)/**/*.test.ts'],
	pages: ['test/pages/**/*.test.ts'],
	docs: ['test/docs/**/*.test.ts'],
};

export default defineConfig({
	plugins: [countyMap(), svelte()],
	test: {
		globalSetup: ['test/cluster.ts'],
		testTimeout: 90_000,
		hookTimeout: 120_000,
		// Every test file that asks for a database shares one server with the others; two at once keep two cores busy.
		maxWorkers: 2,
		projects: Object.entries(SUITES).map(([name, include]) => ({ extends: true, test: { name, include } })),
	},
});
