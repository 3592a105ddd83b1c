import { Clash } from '#adoption/program/clash.ts';
import { Forbidden, Invalid } from '#kernel/error.ts';
import { said } from '#platform/problem.server.ts';

/** Bytes of a JSON body: the longest provision, and as much again. */
const MOST_BYTES = 400_000;
const TOO_LARGE = 413;
const WRONG_TYPE = 415;

/**
 * Changes are for programs with a key: what a browser sends along by itself is not enough, so that no page of another site
 * changes a draft. Throws `Forbidden`.
 */
export function demandKey({ actor }: App.Locals): void {
	if (actor.program === undefined) throw new Forbidden('Changes need a key for programs.');
}

/** The JSON that was sent; or the answer where it is none, too much, or something else. Throws `Invalid` for what is no JSON. */
export async function sentJson(request: Request): Promise<{ readonly json: unknown } | Response> {
	if (mediaTypeOf(request) !== 'application/json')
		return said(WRONG_TYPE, { detail: 'Send JSON, and say so: Content-Type: application/json.' });
	const bytes = await request.arrayBuffer();
	if (bytes.byteLength > MOST_BYTES)
		return said(TOO_LARGE, { detail: `Send at most ${MOST_BYTES / 1_000} KB at once.` });
	try {
		return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
	} catch {
		throw new Invalid('What was sent is no JSON. Send an object in UTF-8, such as {"title": "…"}.');
	}
}

/** Without its parameters, in small letters. */
export function mediaTypeOf({ headers }: Request): string {
	return (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** Does something; words that both sides changed are told with all readings, whatever else it throws goes on. */
export async function withReadings(doing: () => Promise<Response>): Promise<Response> {
	try {
		return await doing();
	} catch (cause) {
		if (cause instanceof Clash) return said(409, { detail: cause.message, readings: cause.readings });
		throw cause;
	}
}
