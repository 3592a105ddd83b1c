import { defineConfig } from 'vite';

/** The command line and what runs in threads, built beside the web app so that both run on any supported Node without a TypeScript loader. */
export default defineConfig({
	publicDir: false,
	build: {
		ssr: true,
		outDir: `${process.env.COMPACT_BUILD_FOLDER ?? 'build'}/cli`,
		emptyOutDir: true,
		target: 'node20',
		rollupOptions: {
			input: {
				main: 'src/cli/main.ts',
				jobs: 'src/worker/thread.ts',
				'reading-thread': 'src/library/read/thread.server.ts',
				'template-thread': 'src/adoption/packet/thread.server.ts',
				'word-thread': 'src/adoption/word/thread.server.ts',
			},
		},
	},
});
