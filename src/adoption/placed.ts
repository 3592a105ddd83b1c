import type { DraftProvision } from './draft.ts';

/**
 * Puts provisions, with all that lies in them, right after another one and all that lies in that: as deep as it lies. After
 * null: at the end. Null where there is no provision of that id.
 */
export function placed(
	text: readonly DraftProvision[],
	block: readonly DraftProvision[],
	after: string | null,
): readonly DraftProvision[] | null {
	const at = after === null ? -1 : text.findIndex(({ id }) => id === after);
	if (after !== null && at < 0) return null;
	const to = after === null ? text.length : endOf(text, at);
	const parent = after === null ? null : (text[at]?.parent ?? null);
	const inside = block.map((one) => ({ ...one, parent: one.parent === null ? parent : one.parent + to }));
	const behind = text.slice(to).map((one) => {
		if (one.parent === null || one.parent < to) return one;
		return { ...one, parent: one.parent + block.length };
	});
	return [...text.slice(0, to), ...inside, ...behind];
}

/** Index after a provision and all that lies in it. */
function endOf(text: readonly DraftProvision[], at: number): number {
	let end = at + 1;
	while (end < text.length && (text[end]?.parent ?? -1) >= at) end++;
	return end;
}
