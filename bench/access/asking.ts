import { type Agent, request } from 'node:http';

export interface Answer {
	readonly status: number;
	readonly ms: number;
	/** The first cookie that was set, without its options; null for none. */
	readonly cookie: string | null;
}

/** Longest wait for one answer, in milliseconds. */
const PATIENCE = 30_000;

/**
 * Asks for a page, or posts a form where `fields` are given; status 0 where no answer came. The server of a bench goes by the
 * name of localhost.
 */
export function asked(
	url: string,
	agent: Agent,
	headers: Readonly<Record<string, string>>,
	fields: Readonly<Record<string, string>> | null = null,
): Promise<Answer> {
	const began = performance.now();
	const body = fields === null ? null : new URLSearchParams(fields).toString();
	const type =
		body === null
			? {}
			: {
					'content-type': 'application/x-www-form-urlencoded',
					origin: new URL(url).origin.replace('127.0.0.1', 'localhost'),
				};
	return new Promise((resolve) => {
		const done = (status: number, cookie: string | null) => resolve({ status, ms: performance.now() - began, cookie });
		const asking = request(
			url,
			{
				method: body === null ? 'GET' : 'POST',
				agent,
				headers: { accept: 'text/html', 'accept-encoding': 'br', ...type, ...headers },
				timeout: PATIENCE,
			},
			(response) => {
				response.resume();
				const cookie = response.headers['set-cookie']?.[0]?.split(';')[0] ?? null;
				response.on('end', () => done(response.statusCode ?? 0, cookie));
				response.on('error', () => done(0, null));
			},
		);
		asking.on('timeout', () => asking.destroy(new Error('No answer in time.')));
		asking.on('error', () => done(0, null));
		asking.end(body ?? undefined);
	});
}

/** The value below which a share of the others lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
