import { fail } from '@sveltejs/kit';
import { addressIn } from '#i18n/language.ts';
import { type Key, speech } from '#i18n/message.ts';
import { Upstream } from '#kernel/error.ts';
import type { Tx } from '#platform/world.ts';

/** Where stewards work: the coalition's own room. */
export const HERE = { room: 'city', owner: null } as const;

/** What a form did, or what was sent with what was wrong. */
export async function did<P extends string, S extends object, O extends string>(
	part: P,
	sent: S,
	{ world, actor }: App.Locals,
	work: (tx: Tx) => Promise<O>,
) {
	const outcome = await world.db.as(actor, work);
	if (outcome === 'done') return { part, done: true as const };
	return fail(400, { ...sent, part, fault: outcome as Exclude<O, 'done'> });
}

/** Mails a link that lasts twenty minutes, in the reader's language; false where the mail server does not take it. `path`: without language. */
export async function mailLink(
	to: { readonly email: string; readonly language: 'en' | 'es' },
	path: string,
	words: { readonly subject: Key; readonly text: Key; readonly note: Key },
	{ world, origin }: { readonly world: Pick<App.Locals['world'], 'mail'>; readonly origin: string },
): Promise<boolean> {
	const t = speech(to.language);
	const text = [t.say(words.text), origin + addressIn(to.language, path), t.say(words.note)].join('\n\n');
	try {
		await world.mail.send({ to: to.email, subject: t.say(words.subject), text });
		return true;
	} catch (error) {
		if (error instanceof Upstream) return false;
		throw error;
	}
}
