import type { Schema } from '#kernel/field.ts';

/** From none to all. */
export const SHARE: Schema = { type: 'number', minimum: 0, maximum: 1 };

/** A share to four places. */
export function rounded(share: number): number {
	return Math.round(share * 10_000) / 10_000;
}
