import type { Piece, Provision, ProvisionKind } from '../provision.ts';
import { type OwnStyle, signOfEId, signOfNumber } from '../read/own-style.ts';
import { type Parts, partsOf } from './parts.ts';
import { depths } from './tree.ts';

/** A provision as a paragraph of its own: what its style says, and its words. */
export interface Paragraph {
	readonly style: OwnStyle;
	readonly eId: string;
	readonly parts: Parts;
}

/** The provisions that have words as paragraphs, in order. Those without are told by the style of the first inside. */
export function* paragraphs(provisions: readonly Provision[]): Generator<Paragraph> {
	const depth = depths(provisions);
	let opens: { kind: ProvisionKind; depth: number }[] = [];
	for (const [index, provision] of provisions.entries()) {
		const own = depth[index] ?? 0;
		opens = opens.filter((open) => open.depth < own);
		const parts = partsOf(provision);
		const numbered = holds(parts.number);
		if (!numbered && !holds(parts.heading) && !holds(parts.text)) {
			opens.push({ kind: provision.kind, depth: own });
			continue;
		}
		const sign = signOf(provision);
		const style = { kind: provision.kind, depth: own, numbered, opens: opens.map(({ kind }) => kind), sign };
		opens = [];
		yield { style, eId: provision.eId, parts };
	}
}

function holds(pieces: readonly Piece[]): boolean {
	return pieces.some(({ text }) => text.trim() !== '');
}

function signOf({ number, eId }: Provision): string | null {
	const sign = signOfEId(eId);
	const counted = number === null && /^\d+$/.test(sign);
	return counted || sign === signOfNumber(number) || sign === '' ? null : sign;
}
