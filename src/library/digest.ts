import { sha256 } from '#kernel/digest.ts';
import type { Text } from './provision.ts';

/** SHA-256 of a text and its tree: two readings with the same digest are the same to everybody who reads them. */
export function textDigest({ text, provisions, amendments }: Omit<Text, 'problems'>): string {
	const tree = provisions.map((one) => [
		one.eId,
		one.kind,
		one.parent,
		one.number,
		one.heading,
		one.text,
		one.start,
		one.end,
		one.state,
		one.before && [one.before.number, one.before.heading, one.before.text],
		one.redline?.map(({ op, text: words }) => [op, words]) ?? null,
	]);
	const acts = amendments.map(({ by, action, target, quoted }) => [by, action, target, quoted]);
	return sha256(JSON.stringify([text, tree, acts]));
}
