import { createHash, createHmac } from 'node:crypto';
import { alike } from '#platform/alike.server.ts';
import type { World } from '#platform/world.ts';

/** Minutes that a link in a mail lasts, and one that a terminal shows. */
export const LINK_MINUTES = 20;
export const TERMINAL_LINK_MINUTES = 15;
/** Wrong codes after which a code, or the link that it belongs to, is void. */
export const MOST_WRONG_CODES = 5;
/** 256 bits of chance: nobody tries them out. */
const TOKEN_BYTES = 32;

/** The last piece of a link, or what a cookie says, fit for an address. Only its hash is kept. */
export function newToken({ random }: Pick<World, 'random'>): string {
	return Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url');
}

/** SHA-256, hex, of such a piece. */
export function tokenHash(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

/** Six digits to tell by telephone. Only their keyed hash is kept. */
export function newCode({ random }: Pick<World, 'random'>): string {
	const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
	return String((((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % 1_000_000).padStart(6, '0');
}

/** Keyed hash, hex, of a code for one thing: six digits are soon tried, and without the server's key the hash tells nothing. */
export function codeHash(purpose: string, id: string, code: string, { keys }: Pick<World, 'keys'>): string {
	return createHmac('sha256', keys.of(purpose)).update(`${id} ${code}`).digest('hex');
}

/** Whether a code, with whatever stands between its digits, has this hash; compared in the same time whatever was typed. */
export function isCode(
	{ purpose, id, hash }: { readonly purpose: string; readonly id: string; readonly hash: string },
	typed: string,
	world: Pick<World, 'keys'>,
): boolean {
	return alike(codeHash(purpose, id, typed.replaceAll(/\D/g, ''), world), hash);
}
