import { ACCESS } from '#access/actor.ts';
import { addressee } from '#coalition/addressee.server.ts';
import { addressIn } from '#i18n/language.ts';
import { type Speech, speech } from '#i18n/message.ts';
import type { World } from '#platform/world.ts';

type Post = Pick<World, 'db' | 'clock' | 'mail'>;

/** The job after a draft was sent to counsel. As all letters here. */
export async function writeToCounsel(
	{ draft, to }: { readonly draft: string; readonly to: string },
	origin: string,
	world: Post,
): Promise<void> {
	await write(to, `/adoption/${draft}/counsel`, origin, world, (t, page) => ({
		subject: t.say('counsel.letter.subject'),
		says: [t.say('counsel.letter', { page }), t.say('counsel.letter.note')],
	}));
}

/** The job after a comment was given to somebody to answer. As all letters here; it holds no word of the comment. */
export async function writeAssigned(
	{ draft, to }: { readonly draft: string; readonly to: string },
	origin: string,
	world: Post,
): Promise<void> {
	await write(to, `/adoption/${draft}/remarks`, origin, world, (t, page) => ({
		subject: t.say('amend.assigned.subject'),
		says: [t.say('amend.assigned', { page }), t.say('amend.letter.note')],
	}));
}

/** One of the letters after a text got a newer version. As all letters here; it does not name the text. */
export async function writeNewer(to: string, origin: string, world: Post): Promise<void> {
	await write(to, '/adoption', origin, world, (t, page) => ({
		subject: t.say('amend.letter.subject'),
		says: [t.say('amend.letter', { page }), t.say('amend.letter.note')],
	}));
}

/**
 * Mail is read on its way: a letter about a draft names neither the draft nor the city nor whoever is behind it, and leads to a page.
 * Nothing where the seat has ended meanwhile. @throws Upstream where the mail server does not take it
 */
async function write(
	to: string,
	path: string,
	origin: string,
	world: Post,
	words: (t: Speech, page: string) => { readonly subject: string; readonly says: readonly string[] },
): Promise<void> {
	const who = await world.db.as(ACCESS, (tx) => addressee(to, world, tx));
	if (!who) return;
	const { subject, says } = words(speech(who.language), origin + addressIn(who.language, path));
	await world.mail.send({ to: who.email, subject, text: says.join('\n\n') });
}
