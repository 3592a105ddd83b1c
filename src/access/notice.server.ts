import { speech } from '#i18n/message.ts';
import type { Tx, World } from '#platform/world.ts';
import { accountOf } from './account.server.ts';
import { ACCESS } from './actor.ts';
import { NOTICES, type Notice } from './notice.ts';

/** Tells a person by mail what became of their account, once the caller's transaction is kept. */
export async function notify(
	person: string,
	notice: Notice,
	{ queue, clock }: Pick<World, 'queue' | 'clock'>,
	tx: Tx,
): Promise<void> {
	await queue.add(tx, 'access.notice', { person, notice, at: clock.now().toISOString() });
}

/** The job of `notify`: nothing where the account is gone meanwhile. `origin`: of the site. @throws Upstream where the mail server does not take it */
export async function sendNotice(
	{ person, notice, at }: { readonly person: string; readonly notice: string; readonly at: string },
	origin: string,
	{ db, mail }: Pick<World, 'db' | 'mail'>,
): Promise<void> {
	const account = await db.as(ACCESS, (tx) => accountOf(person, tx));
	const kind = NOTICES.find((known) => known === notice);
	if (!account || !kind) return;
	await mail.send({ to: account.email, ...noticeLetter(kind, at, account.language, origin) });
}

/** What a notice says, without any name or address of the account. `at`: instant, ISO UTC. */
export function noticeLetter(
	notice: Notice,
	at: string,
	language: 'en' | 'es',
	origin: string,
): { readonly subject: string; readonly text: string } {
	const t = speech(language);
	return {
		subject: t.say('account.notice.subject'),
		text: [
			t.say(`account.notice.${notice}`, { day: t.day(at), time: t.time(at) }),
			// Signing out ends no key.
			t.say(notice === 'key_made' ? 'account.notice.not_your_key' : 'account.notice.not_you', {
				address: `${origin}/${language === 'es' ? 'es/' : ''}account${notice === 'key_made' ? '/keys' : ''}`,
			}),
		].join('\n\n'),
	};
}
