import type { Speech } from '#i18n/message.ts';
import type { LawHere } from './record.ts';

/**
 * What a file that leaves the library says of the law of a state: the reviewed records, each with a word where its own
 * review is overdue; else that there are none. Never nothing.
 */
export function lawSentence({ state, records }: LawHere, t: Speech): string {
	if (!state) return t.say('law.unknown');
	if (records.length === 0) return t.say('law.none', { state: state.name });
	const told = records.map(({ statement, citation, asOf, reviewDue, overdue }) => {
		const said = `${statement[t.language] ?? statement.en} (${citation}; ${t.say('law.as_of', { day: t.day(asOf) })})`;
		return overdue ? `${said} ${t.say('law.overdue', { day: t.day(reviewDue) })}` : said;
	});
	return `${t.say('law.of', { state: state.name })}: ${told.join(' ')}`;
}
