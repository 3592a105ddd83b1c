import type { Asked } from '#adoption/write/exchange.ts';
import type { Turned } from './turn.ts';

/** What came of an asking. `offline`: nothing did, or the site is too busy. */
export type Reply = { readonly kind: 'answered'; readonly turned: Turned } | { readonly kind: Failure };

/** `closed`: the draft takes no words; `refused`: what was sent can never be taken. */
export type Failure = 'offline' | 'signed_out' | 'closed' | 'refused';

/** How words and draft stand to each other, as the page says it. */
export type Standing = Failure | 'saved' | 'saving' | 'typing' | 'clash' | 'too_long' | 'aside';

/** What statuses say that time alone does not mend. */
const FAILURES: Readonly<Record<number, Failure>> = {
	...{ 400: 'refused', 413: 'refused', 401: 'signed_out', 403: 'signed_out' },
	...{ 404: 'closed', 409: 'closed' },
};

/** Milliseconds after which an answer counts as lost; what was sent is sent again, and done once. */
const PATIENCE = 15_000;

/** Asks once. Never throws. */
export async function send(address: string, asked: Asked): Promise<Reply> {
	const answer = await fetch(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json', accept: 'application/json' },
		body: JSON.stringify(asked),
		redirect: 'manual',
		signal: AbortSignal.timeout(PATIENCE),
	}).catch(() => null);
	if (answer === null) return { kind: 'offline' };
	if (answer.type === 'opaqueredirect') return { kind: 'signed_out' };
	const turned: Turned | null = answer.ok ? await answer.json().catch(() => null) : null;
	return turned ? { kind: 'answered', turned } : { kind: FAILURES[answer.status] ?? 'offline' };
}
