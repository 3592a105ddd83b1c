import { fail } from '@sveltejs/kit';
import { record } from '#access/audit.server.ts';
import { byline } from '#access/byline.server.ts';
import { NotFound } from '#kernel/error.ts';
import { identifiersIn } from '#kernel/identifier.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { decisionOf, overruleAside, type Trace } from '#watch/ruling.server.ts';
import { LONGEST_REASON, readWish } from '#watch/wish.ts';
import { text } from '../../sign-in/entry.server.ts';
import type { Returned } from './returned.ts';

/** Keeps the decision that a form wishes for, or gives back what was sent with what is wrong. The route has asked for the permission. */
export async function decide(form: FormData, { actor, world, language }: App.Locals) {
	const all = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
	const sent: Returned = {
		form: text(form, 'form'),
		names: all('names'),
		others: text(form, 'others'),
		into: text(form, 'into'),
		day: text(form, 'day'),
		county: text(form, 'county'),
		reason: text(form, 'reason').trim(),
		said: null,
		fault: null,
	};
	const back = (fault: Returned['fault'], said: Returned['said'] = null) =>
		fail(400, { sent: { ...sent, fault, said } });
	const wish = readWish({
		...sent,
		kind: text(form, 'kind'),
		state: text(form, 'state'),
		agreement: text(form, 'agreement'),
		sha256: text(form, 'sha256'),
		day: readTypedDay(sent.day, language),
	});
	if ('fault' in wish) return back(wish.fault);
	if (sent.reason === '' || sent.reason.length > LONGEST_REASON) return back('reason');
	// A reason is shown to everybody, beside what it corrected.
	const said = all('not_a_person');
	if (identifiersIn(sent.reason, said).some((one) => !one.said)) return back(null, said);
	const trace: Trace = (id, tx) =>
		record({ actor, action: 'event_overruled', subject: `overrule:${id}`, owner: actor.city }, world, tx);
	try {
		await overruleAside(await decisionOf(wish, sent.reason, world), byline(actor.person ?? '', world), trace, world);
	} catch (error) {
		if (error instanceof NotFound) return back('gone');
		throw error;
	}
	return { done: 'decided' as const };
}
