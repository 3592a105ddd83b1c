import { fail } from '@sveltejs/kit';
import { SYSTEM } from '#access/actor.ts';
import { record } from '#access/audit.server.ts';
import { byline } from '#access/byline.server.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { identifiersIn } from '#kernel/identifier.ts';
import { code, confirm, LONGEST_NOTE, LONGEST_WORDS, withdraw } from '#library/coding.server.ts';
import { POLARITIES, STRENGTHS } from '#library/protection.ts';
import { codingOf } from '#library/protections.server.ts';
import { protectionOf } from '#library/taxonomy/taxonomy.ts';
import type { Tx } from '#platform/world.ts';
import { text } from '../sign-in/entry.server.ts';
import type { CodingReturned } from './coded.ts';

/** A provision of a version, as a form codes it. */
export interface Codable {
	readonly workId: string;
	readonly expressionId: string;
	readonly eId: string;
	/** Number, heading and own words. */
	readonly text: string;
}

/** Codes words of a provision, or gives back what was sent with what is wrong. The route has asked for the permission. */
export async function propose(form: FormData, at: Codable, { actor, world }: App.Locals) {
	const sent: CodingReturned = { ...NOTHING, form: 'propose' };
	const typed = {
		code: text(form, 'code'),
		// A browser sends lines of a field with a sign more than the text has.
		words: text(form, 'words').replaceAll('\r\n', '\n').trim(),
		note: text(form, 'note').trim(),
		polarity: text(form, 'polarity'),
		strength: text(form, 'strength'),
	};
	const said = form.getAll('not_a_person').filter((value) => typeof value === 'string');
	const back = (fault: CodingReturned['fault'], found: readonly string[] | null = null) =>
		fail(400, { sent: { ...sent, ...typed, fault, said: found } });
	const protection = protectionOf(typed.code);
	const polarity = POLARITIES.find((one) => one === typed.polarity);
	const strength = STRENGTHS.find((one) => one === typed.strength);
	if (!protection) return back('code');
	if (!polarity || !strength) return back('strength');
	if (typed.words === '' || typed.words.length > LONGEST_WORDS || !at.text.includes(typed.words)) return back('words');
	if (typed.note.length > LONGEST_NOTE) return back('note');
	if (identifiersIn(typed.note, said).some((one) => !one.said)) return back(null, said);
	const coding = {
		eId: at.eId,
		code: protection.code,
		polarity,
		strength,
		words: typed.words,
		note: typed.note || null,
	};
	const made = await world.db.as(SYSTEM, async (tx) => {
		const kept = await code(at.workId, at.expressionId, coding, byline(actor.person ?? '', world), world, tx);
		if (kept.made)
			await record({ actor, action: 'protection_coded', subject: `coding:${kept.id}`, owner: actor.city }, world, tx);
		return kept.made;
	});
	return { done: made ? ('coded' as const) : ('stands' as const) };
}

/** A second person agrees, or is told why that cannot be. */
export async function agree(form: FormData, { actor, world }: App.Locals) {
	const id = text(form, 'id');
	const own = byline(actor.person ?? '', world);
	const found = await world.db.as(actor, (tx) => codingOf(id, tx));
	const sent: CodingReturned = { ...NOTHING, form: id };
	if (!found || found.state === 'withdrawn') return fail(409, { sent: { ...sent, fault: 'gone' as const } });
	if (found.state === 'confirmed') return fail(409, { sent: { ...sent, fault: 'already' as const } });
	if (found.author === own) return fail(409, { sent: { ...sent, fault: 'own' as const } });
	const trace = (tx: Tx) =>
		record({ actor, action: 'protection_confirmed', subject: `coding:${found.id}`, owner: actor.city }, world, tx);
	try {
		await confirm(found.id, own, world, { trace });
	} catch (error) {
		if (isOurs(error)) return fail(409, { sent: { ...sent, fault: 'gone' as const } });
		throw error;
	}
	return { done: 'confirmed' as const };
}

/** Takes a coding back with its reason, or gives the reason back with what is wrong. */
export async function takeBack(form: FormData, { actor, world }: App.Locals) {
	const id = text(form, 'id');
	const reason = text(form, 'reason').trim();
	const said = form.getAll('not_a_person').filter((value) => typeof value === 'string');
	const sent: CodingReturned = { ...NOTHING, form: id, reason };
	if (reason === '' || reason.length > LONGEST_NOTE) return fail(400, { sent: { ...sent, fault: 'reason' as const } });
	if (identifiersIn(reason, said).some((one) => !one.said)) return fail(400, { sent: { ...sent, said } });
	const trace = (tx: Tx) =>
		record({ actor, action: 'protection_taken_back', subject: `coding:${id}`, owner: actor.city }, world, tx);
	try {
		await withdraw(id, reason, byline(actor.person ?? '', world), world, { trace });
	} catch (error) {
		if (isOurs(error)) return fail(409, { sent: { ...sent, fault: 'gone' as const } });
		throw error;
	}
	return { done: 'taken_back' as const };
}

function isOurs(error: unknown): boolean {
	return error instanceof Conflict || error instanceof NotFound || error instanceof Invalid;
}

const NOTHING: CodingReturned = {
	...{ form: '', code: '', words: '', note: '', polarity: '', strength: '', reason: '', said: null, fault: null },
};
