import type { Speech } from '#i18n/message.ts';
import type { Finding } from './finding.ts';

/**
 * A finding in a sentence.
 * @param where what the provision is called that it is in
 */
export function sentenceOf(finding: Finding, where: string, t: Speech): string {
	switch (finding.what) {
		case 'doubled':
			return t.say('check.doubled', { where, words: finding.words, n: finding.n });
		case 'reference':
			return t.say('check.reference', { where, words: finding.words });
		case 'empty':
			return t.say('check.empty', { where });
		case 'past':
			return t.say('check.past', { where, day: t.date(finding.day) });
		case 'early':
			return t.say('check.early', { where, day: t.date(finding.day), decided: t.date(finding.decided) });
		case 'unlike':
			return t.say('check.unlike', { where, day: t.date(finding.day), inForce: t.date(finding.inForce) });
		case 'counsel':
			return t.say('check.counsel', { day: t.date(finding.day) });
		case 'remarks':
		case 'suggestions':
			return t.say(`check.${finding.what}`, { n: finding.n });
	}
}
