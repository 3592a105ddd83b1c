import { STATUS_CODES } from 'node:http';

/** What went wrong, as it is told. */
interface Told {
	/** What to do; empty where the error says nothing for whoever asked. */
	readonly message: string;
	/** Finds the line in the log. */
	readonly number?: string;
}

/** For programs there is one language. */
const SAID: Readonly<Record<number, string>> = {
	401: 'Send a key that is good: `Authorization: Bearer citycompact_…`. People with a seat of a city make one on the page of their account, under Keys for programs.',
	403: 'This is not open to you.',
	404: 'There is nothing at this address. /api/v1/openapi.json lists what there is.',
	413: 'That is more than this address takes. /api/v1/openapi.json says how much it does.',
	429: 'Too many wrong keys came from your network address. See that the key is whole, and try again in an hour.',
	500: 'Something broke on our side. Try again; if it stays broken, tell whoever runs this site the number.',
	503: 'Too many requests at once, or the server cannot reach its data. Try again in a few seconds.',
};
const AN_HOUR = '3600';

/** What went wrong, for a program (RFC 9457): the sentence says what to do. `open`: the answer is public data. */
export function problem(status: number, failed: Told | null, answer: Response, open: boolean): Response {
	// What a route said in words of its own stays.
	if (answer.headers.get('content-type') === 'application/problem+json')
		return new Response(answer.body, { status, headers: answer.headers });
	const retry = answer.headers.get('retry-after') ?? (status === 429 ? AN_HOUR : null);
	const allow = answer.headers.get('allow') ?? 'GET, HEAD';
	const detail = failed?.message || (status === 405 ? `Ask with ${allow}.` : SAID[status]) || SAID[500];
	return said(
		status,
		{ detail, number: failed?.number },
		{
			...(open ? { 'cache-control': 'no-store' } : {}),
			...(retry ? { 'retry-after': retry } : {}),
			...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
			...(status === 405 ? { allow: open ? `${allow}, OPTIONS` : allow } : {}),
		},
	);
}

/** A problem in the words of whoever calls it. */
export function said(
	status: number,
	more: Readonly<Record<string, unknown>> & { readonly detail: string | undefined },
	headers: Readonly<Record<string, string>> = {},
): Response {
	return new Response(`${JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, ...more })}\n`, {
		status,
		headers: { 'content-type': 'application/problem+json', 'cache-control': 'private, no-store', ...headers },
	});
}
