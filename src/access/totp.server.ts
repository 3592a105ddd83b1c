import { createHmac, timingSafeEqual } from 'node:crypto';

/** Seconds of a code (RFC 6238, 5.2). */
const STEP = 30;
const DIGITS = 6;
/** Steps before and after now that are taken: clocks of telephones differ by half a minute. */
const DRIFT = 1;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a step: HOTP (RFC 4226, 5.3) with HMAC-SHA-1, which is what authenticator apps know. */
export function codeAt(secret: Uint8Array, step: number): string {
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(step));
	const mac = createHmac('sha1', secret).update(counter).digest();
	const offset = (mac.at(-1) ?? 0) & 15;
	const number = mac.readUInt32BE(offset) & 0x7fffffff;
	return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step of an instant. */
export function stepAt(instant: Date): number {
	return Math.floor(instant.getTime() / 1000 / STEP);
}

/** The step whose code was given, near an instant and later than the last one taken; null for none. */
export function stepOf(code: string, secret: Uint8Array, instant: Date, last: number): number | null {
	if (!/^\d{6}$/.test(code)) return null;
	const now = stepAt(instant);
	let found: number | null = null;
	for (let step = now - DRIFT; step <= now + DRIFT; step++)
		if (timingSafeEqual(Buffer.from(code), Buffer.from(codeAt(secret, step))) && step > last) found = step;
	return found;
}

/** Bytes in base 32 without padding (RFC 4648, 6), as apps take a secret that is typed. */
export function base32(bytes: Uint8Array): string {
	let bits = '';
	for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
	return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}
