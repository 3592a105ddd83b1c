import { redirect } from '@sveltejs/kit';
import { NotFound } from '#kernel/error.ts';
import { dressed, unchanged } from './answer.server.ts';
import { ID, readQuery } from './asked.ts';
import type { Dataset } from './dataset.server.ts';
import { ground, type Noun } from './ground.server.ts';

/** One record. A former id leads to the one that took its place; what was withdrawn answers and says so. */
export async function oneAnswer(
	noun: Noun,
	datasets: readonly Dataset[],
	{
		params,
		url,
		locals,
		request,
	}: {
		readonly params: { readonly dataset: string; readonly id: string };
		readonly url: URL;
		readonly locals: App.Locals;
		readonly request: Request;
	},
): Promise<Response> {
	const one = datasets.find(({ name }) => name === params.dataset)?.one;
	readQuery(url.searchParams, {});
	const id = ID.read(params.id);
	const record = one && id !== null ? await one.find(id, locals.world) : null;
	if (!record) {
		const list = one ? params.dataset : datasets[0]?.name;
		throw new NotFound(`There is no such record. /api/v1/${noun}/${list}.json lists what there is.`);
	}
	if (record.id !== id) redirect(308, `/api/v1/${noun}/${params.dataset}/${record.id}.json`);
	const { head, etag } = await ground(noun, locals);
	const headers = dressed('application/json', `${params.dataset}-${id}.json`, 'inline', head, etag);
	if (unchanged(request, etag)) return new Response(null, { status: 304, headers });
	return new Response(`${JSON.stringify({ ...head, data: record })}\n`, { headers });
}
