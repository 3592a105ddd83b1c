import { WORD_TYPE } from '#kernel/media-type.ts';
/** What a paper is kept as: what clerks certify on. */
export const PAPER_KINDS = {
	pdf: { mediaType: 'application/pdf', begins: [0x25, 0x50, 0x44, 0x46, 0x2d] },
	docx: {
		mediaType: WORD_TYPE,
		begins: [0x50, 0x4b, 0x03, 0x04],
	},
	png: { mediaType: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
	jpeg: { mediaType: 'image/jpeg', begins: [0xff, 0xd8, 0xff] },
	tiff: { mediaType: 'image/tiff', begins: [] },
} as const;
export type PaperKind = keyof typeof PAPER_KINDS;

/** A file that a city put beside its policy for everybody. */
export interface Paper {
	/** Counted from 1 at its policy. */
	readonly nth: number;
	readonly kind: PaperKind;
	readonly sha256: string;
	/** Bytes. */
	readonly size: number;
	readonly at: Date;
	/** Null while it stands. */
	readonly withdrawn: { /** ISO instant. */ readonly at: string; readonly reason: string } | null;
}

const TIFF = [
	[0x49, 0x49, 0x2a, 0x00],
	[0x4d, 0x4d, 0x00, 0x2a],
];

/** What a file is by its first bytes, whatever its name says; null for none of these. */
export function paperKind(bytes: Uint8Array): PaperKind | null {
	const begins = (with_: readonly number[]) => with_.every((one, at) => bytes[at] === one);
	if (TIFF.some(begins)) return 'tiff';
	const kinds = ['pdf', 'docx', 'png', 'jpeg'] as const;
	const kind = kinds.find((one) => begins(PAPER_KINDS[one].begins)) ?? null;
	// Any archive begins so.
	if (kind === 'docx' && !new TextDecoder('latin1').decode(bytes).includes('word/document.xml')) return null;
	return kind;
}
