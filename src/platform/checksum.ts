/** Sum of SHA-256 values modulo 2^256: the same for the same rows in any order, another for any other set of rows. */
export interface Checksum {
	add(sha256: Uint8Array): void;
	/** 64 hexadecimal digits. */
	hex(): string;
}

const WORDS = 8;

/** A sum that begins at zero; each value added is 32 bytes. */
export function checksum(): Checksum {
	const sum = new Uint32Array(WORDS);
	return {
		add(sha256) {
			const view = new DataView(sha256.buffer, sha256.byteOffset, sha256.byteLength);
			let carry = 0;
			for (let word = WORDS - 1; word >= 0; word--) {
				const total = (sum[word] ?? 0) + view.getUint32(word * 4) + carry;
				sum[word] = total % 2 ** 32;
				carry = total >= 2 ** 32 ? 1 : 0;
			}
		},
		hex: () => [...sum].map((word) => word.toString(16).padStart(8, '0')).join(''),
	};
}
