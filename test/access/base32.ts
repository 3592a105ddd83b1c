/** Bytes of a secret in base 32, as an authenticator app reads what is typed. */
export function bytesOf(typed: string): Uint8Array {
	const bits = [...typed].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'));
	return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
