import adapter from '@sveltejs/adapter-node';

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: { runes: true },
	kit: {
		// bin/ensure.js builds aside and puts the whole in place at once.
		adapter: adapter({ out: process.env.COMPACT_BUILD_FOLDER ?? 'build', precompress: true }),
		// Every page answers under two prefixes: what it loads must not depend on its depth.
		paths: { relative: false },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'frame-ancestors': ['none'],
			},
		},
	},
};
