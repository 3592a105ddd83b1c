import type { Other } from '#adoption/beside.ts';
import { holderTitle } from '#adoption/out/other-name.ts';
import type { Speech } from '#i18n/message.ts';
import type { Leaf } from './reading.ts';

/** What a draft is read against, and whether all that was copied is models. */
export interface Against {
	readonly other: Other;
	readonly ofModel: boolean;
}

/** `Redline against the model`. */
export function redlineName({ other, ofModel }: Against, t: Speech): string {
	switch (other.kind) {
		case 'copied':
			return t.say(ofModel ? 'against.model' : 'against.copied');
		case 'draft':
			return t.say('against.draft', { n: other.seq });
		case 'newest':
			return t.say('against.newest', { day: [...new Set(other.days)].map((day) => t.day(day)).join('; ') });
		case 'text':
			return t.say('against.text', { title: holderTitle(other.work, t), day: t.day(other.version.day) });
	}
}

/** What became of a leaf: `Changed from the model, 9%`. What changed at all is never called 0%. */
export function leafState(
	{ state, changed }: Pick<Leaf, 'state' | 'changed'>,
	{ other, ofModel }: Against,
	t: Speech,
): string {
	const kind = other.kind === 'copied' && ofModel ? 'model' : other.kind;
	const share = t.percent(Math.max(changed, 0.01));
	return t.say(`against.${state}.${kind}`, { n: other.kind === 'draft' ? other.seq : 0, share });
}
