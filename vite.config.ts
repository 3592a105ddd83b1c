import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { countyMap } from './vite.map.ts';
import { pageScripts } from './vite.script.ts';

export default defineConfig({
	plugins: [countyMap(), sveltekit(), pageScripts()],
	// Phones of 2021 still read these pages: the sheets are written for them too.
	build: { cssTarget: ['chrome90', 'firefox90', 'safari15'] },
});
