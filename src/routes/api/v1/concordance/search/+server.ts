import { VISITOR } from '#access/actor.ts';
import { demand } from '#access/can.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { toRecord } from '#kernel/field.ts';
import { HAVING_FIELDS } from '#reuse/record/having.ts';
import { FEWEST_WORDS, LONGEST_PASSAGE, whoHas } from '#reuse/search.server.ts';
import { readQuery } from '../../asked.ts';
import { ground } from '../../ground.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

/** Who has a passage. It is sent, so that it stands in no address and no log, and goes into nothing but the answer. */
export const POST: RequestHandler = async ({ url, locals, request }) => {
	demand(locals.actor, ..._permission);
	readQuery(url.searchParams, {});
	const passage = passageIn(await request.json().catch(() => null));
	const { world } = locals;
	const found = await world.db.as(VISITOR, (tx) => whoHas(passage, dayAt(world.clock.now()), 'en', world, tx));
	if ('refused' in found && found.refused === 'busy')
		return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
	if ('refused' in found)
		throw new Invalid(
			found.refused === 'too_short'
				? `A passage needs ${FEWEST_WORDS} words to be told from others. Send the whole sentence.`
				: `A passage has at most ${LONGEST_PASSAGE} characters. Send a section at a time.`,
		);
	const { head } = await ground('concordance', locals);
	const data = found.having.map((one) => toRecord(HAVING_FIELDS, one));
	return new Response(`${JSON.stringify({ ...head, data, left_out: found.leftOut })}\n`, {
		headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
	});
};

function passageIn(sent: unknown): string {
	if (typeof sent === 'object' && sent !== null && 'text' in sent && typeof sent.text === 'string') return sent.text;
	throw new Invalid('Send a JSON object with the passage: {"text": "No officer shall …"}.');
}
