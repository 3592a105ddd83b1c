/** Chunks of a PNG that say how it is drawn (ISO 15948, 11.2 and 11.3); the others say who made it, when and with what. */
const DRAWN = /^(?:[A-Z]...|tRNS|gAMA|sRGB|cHRM|iCCP|sBIT|bKGD|pHYs)$/;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const OTHERS = [
	[0x47, 0x49, 0x46, 0x38],
	[0x42, 0x4d],
];
/** Segments of a JPEG (ITU-T T.81, B.1.1.3): of those for applications JFIF, colour profile and Adobe's colours are kept. */
const [START_OF_SCAN, COMMENT, APP0, APP2, APP14, APP15] = [0xda, 0xfe, 0xe0, 0xe2, 0xee, 0xef];

/** A picture without what it says of its maker; null for what is no PNG, JPEG, GIF or BMP, or is broken. */
export function bareImage(bytes: Uint8Array): Uint8Array | null {
	if (begins(bytes, PNG)) return barePng(bytes);
	if (begins(bytes, JPEG)) return bareJpeg(bytes);
	return OTHERS.some((sign) => begins(bytes, sign)) ? bytes : null;
}

function begins(bytes: Uint8Array, sign: readonly number[]): boolean {
	return sign.every((byte, at) => bytes[at] === byte);
}

function barePng(bytes: Uint8Array): Uint8Array | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const kept: Uint8Array[] = [bytes.subarray(0, PNG.length)];
	for (let at = PNG.length; at + 12 <= bytes.length; ) {
		const end = at + 12 + view.getUint32(at);
		if (end > bytes.length) return null;
		const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
		if (DRAWN.test(name)) kept.push(bytes.subarray(at, end));
		if (name === 'IEND') return joined(kept);
		at = end;
	}
	return null;
}

function bareJpeg(bytes: Uint8Array): Uint8Array | null {
	const kept: Uint8Array[] = [bytes.subarray(0, 2)];
	for (let at = 2; at + 4 <= bytes.length; ) {
		const kind = bytes[at + 1] ?? 0;
		if (bytes[at] !== 0xff) return null;
		if (kind === START_OF_SCAN) return joined([...kept, bytes.subarray(at)]);
		const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
		if (end > bytes.length) return null;
		const told = kind === COMMENT || (kind >= APP0 && kind <= APP15 && ![APP0, APP2, APP14].includes(kind));
		if (!told) kept.push(bytes.subarray(at, end));
		at = end;
	}
	return null;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
