import { isSample } from '#adoption/program/looks.server.ts';
import type { Counting } from '#adoption/program/rules.server.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import type { DataRecord } from '#kernel/field.ts';
import { readQuery, SWITCH, upTo } from '../asked.ts';
import { USUAL } from '../dataset.server.ts';
import { AFTER } from './asked.ts';

/** What stands at the head of whatever is not public. */
const OWN = {
	name: 'City Compact: drafts of one city, for that city alone',
	address: null,
	licence: 'A draft is not public. What becomes of it is, once its adoption is recorded.',
};
const OWN_SAMPLE = { ...OWN, licence: 'SAMPLE. There is nothing here to reuse.' };
const MOST = 5_000;
/** What pages of records take. */
export const PAGED = { after: AFTER, limit: upTo(MOST), all: SWITCH };

/** One answer, in the envelope of the API, for whoever asked and for no cache. */
export function told(
	more: Readonly<Record<string, unknown>>,
	{ world, sample }: { readonly world: App.Locals['world']; readonly sample: boolean },
	status = 200,
): Response {
	const head = { as_of: dayAt(world.clock.now()), source: sample ? OWN_SAMPLE : OWN, sample };
	return new Response(`${JSON.stringify({ ...head, ...more })}\n`, {
		status,
		headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store' },
	});
}

/** What a change made of a draft. */
export async function changed(
	draft: string,
	data: Readonly<Record<string, unknown>>,
	{ world, actor }: App.Locals,
	status = 200,
): Promise<Response> {
	return told({ data }, { world, sample: await isSample(draft, actor, world) }, status);
}

/** How a city counts its days: `data` is what can be sent back. */
export function counted({ record, said, sample }: Counting, world: App.Locals['world']): Response {
	return told({ said, data: record }, { world, sample });
}

/** A page of records, in their order; `key` is the field that `after` and `next` carry. */
export function paged(records: readonly DataRecord[], key: string, query: URLSearchParams) {
	const { after, limit, all } = readQuery(query, PAGED);
	if (all && limit !== null) throw new Invalid('all=1 gives every record. Leave limit out, or leave all out.');
	const at = after === null ? -1 : records.findIndex((record) => String(record[key]) === after);
	if (after !== null && at < 0)
		throw new Invalid('There is no such record to go on after. Leave `after` out to begin at the first.');
	const rest = records.slice(at + 1);
	const data = rest.slice(0, all ? rest.length : (limit ?? USUAL));
	const last = data.at(-1);
	return { data, next: last && data.length < rest.length ? String(last[key]) : null };
}
