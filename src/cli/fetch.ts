import { speech } from '#i18n/message.ts';
import { Conflict, Upstream } from '#kernel/error.ts';
import { readConfig } from '#platform/config.server.ts';
import { sentenceOf } from '#watch/fetch/code.ts';
import { fetchLists } from '#watch/fetch/fetch.server.ts';
import { sourceOf } from '#watch/fetch/source.server.ts';
import type { Args, Verb } from './command.ts';
import type { Io } from './io.ts';

export const fetching: Verb = {
	name: 'fetch',
	summary: 'Look at the publisher’s page now and take in lists that are new',
	detail: [
		'Asks the page of COMPACT_WATCH_URL and the two lists it links to, one at a time, and only for what changed since the last time. The server does the same once a day; docs/watch/fetch.md says by which rules.',
		'A fetch that fails loses nothing: the sentence says what came in the way.',
	],
	examples: [{ command: 'watch fetch', what: 'take in the lists of today' }],
	run: runFetch,
};

async function runFetch(_args: Args, io: Io): Promise<void> {
	const source = sourceOf(readConfig());
	const fetched = await fetchLists(source, await io.world());
	const { say } = speech('en');
	switch (fetched.outcome) {
		case 'busy':
			throw new Conflict('Another process is asking for the lists at this moment. Its result counts for all.');
		case 'failed': {
			const { key, values } = sentenceOf(fetched.failed);
			if (fetched.lists > 0) io.say(`${fetched.lists} new lists came in all the same.`);
			throw new Upstream(say(key, values));
		}
		case 'unchanged':
			await io.write('Both lists are known already.\n');
			break;
		case 'read':
			await io.write(`New lists taken in: ${fetched.lists}.\n`);
	}
}
