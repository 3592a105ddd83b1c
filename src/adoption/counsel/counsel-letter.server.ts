import { ACCESS } from '#access/actor.ts';
import { addressee } from '#coalition/addressee.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import type { World } from '#platform/world.ts';

/**
 * The job after a draft was sent to counsel. Mail is read on its way: the letter names neither the draft nor the city nor
 * whoever sent it. Nothing where the seat has ended meanwhile. @throws Upstream where the mail server does not take it
 */
export async function writeToCounsel(
	{ draft, to }: { readonly draft: string; readonly to: string },
	origin: string,
	world: Pick<World, 'db' | 'clock' | 'mail'>,
): Promise<void> {
	const who = await world.db.as(ACCESS, (tx) => addressee(to, world, tx));
	if (!who) return;
	const t = speech(who.language);
	await world.mail.send({
		to: who.email,
		subject: t.say('counsel.letter.subject'),
		text: [
			t.say('counsel.letter', { page: origin + addressIn(who.language, `/adoption/${draft}/counsel`) }),
			t.say('counsel.letter.note'),
		].join('\n\n'),
	});
}
