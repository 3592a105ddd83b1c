import type { Plugin } from 'vite';

/**
 * Puts the script of a page that needs one among the assets, where Kit takes it from the server's side of the build: a page
 * imports its address (`./editor.browser.ts?worker&url`) and names it in a tag. So it ships that script alone: with `csr`
 * Kit would ship the layout too, and with it every message in both languages.
 */
export function pageScripts(): Plugin {
	return {
		name: 'page-scripts',
		enforce: 'post',
		config: () => ({
			worker: { format: 'es', rollupOptions: { output: { entryFileNames: '_app/immutable/assets/[name].[hash].js' } } },
		}),
	};
}
