import type { Asked } from '#adoption/write/exchange.ts';
import type { Turned } from './turn.ts';

/** What came of an asking. `offline`: nothing did, or the site is too busy. */
export type Reply =
	| { readonly kind: 'answered'; readonly turned: Turned }
	| { readonly kind: 'offline' | 'signed_out' }
	| { readonly kind: 'refused'; readonly sentence: string };

/** How words and draft stand to each other, as the page says it. */
export interface Saying {
	readonly state: 'saved' | 'saving' | 'typing' | 'clash' | 'too_long' | 'offline' | 'signed_out' | 'refused';
	readonly failure: Exclude<Reply, { readonly kind: 'answered' }> | null;
}

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
	if (answer.type === 'opaqueredirect' || answer.status === 401 || answer.status === 403) return { kind: 'signed_out' };
	const body = await answer.json().catch(() => null);
	if (answer.ok && body !== null) return { kind: 'answered', turned: body as Turned };
	if (answer.status >= 500 || body === null) return { kind: 'offline' };
	return { kind: 'refused', sentence: String((body as { message?: unknown }).message ?? '') };
}
