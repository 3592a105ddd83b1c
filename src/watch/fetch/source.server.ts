import { Invalid } from '#kernel/error.ts';
import type { Config } from '#platform/config.server.ts';
import { version } from '../../../package.json';

/** Where the lists are published, who else may be asked on the way there, and who asks. */
export interface Source {
	/** https address of the page that links to the lists. */
	readonly page: string;
	/** Hosts that may be asked, with the port where it is another than 443. */
	readonly hosts: readonly string[];
	/** The name we go by. */
	readonly agent: string;
}

/** The source of the settings. Throws `Invalid` where they say that nobody is ever asked. */
export function sourceOf({ watch, origin }: Pick<Config, 'watch' | 'origin'>): Source {
	if (watch.page === null) {
		throw new Invalid('COMPACT_WATCH_URL is `off`, so nobody is asked. Leave it out, or name the page.');
	}
	const hosts = [...new Set([new URL(watch.page).host, ...watch.hosts])];
	return { page: watch.page, hosts, agent: `CityCompact/${version} (+${origin})` };
}
