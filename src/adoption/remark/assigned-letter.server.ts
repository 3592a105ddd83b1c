import { ACCESS } from '#access/actor.ts';
import { addressee } from '#coalition/addressee.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import type { World } from '#platform/world.ts';

/**
 * The job after a comment was given to somebody to answer. Mail is read on its way: the letter holds no word of the comment, and names
 * neither draft nor city nor whoever gave it. Nothing where the seat has ended meanwhile. @throws Upstream where the mail server
 * does not take it
 */
export async function writeAssigned(
	{ draft, to }: { readonly draft: string; readonly to: string },
	origin: string,
	world: Pick<World, 'db' | 'clock' | 'mail'>,
): Promise<void> {
	const who = await world.db.as(ACCESS, (tx) => addressee(to, world, tx));
	if (!who) return;
	const t = speech(who.language);
	await world.mail.send({
		to: who.email,
		subject: t.say('amend.assigned.subject'),
		text: [
			t.say('amend.assigned', { page: origin + addressIn(who.language, `/adoption/${draft}/remarks`) }),
			t.say('amend.letter.note'),
		].join('\n\n'),
	});
}
