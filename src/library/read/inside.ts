import type { Inside } from './block.ts';
import { cleaned } from './gather.ts';

/** Where a reader puts what a file holds beside the words people see. */
export interface InsideGatherer {
	author(name: string | null): void;
	comment(author: string | null, text: string): void;
	hide(text: string): void;
	revise(): void;
	property(name: string, value: string | null): void;
	readonly inside: Inside;
}

/** Whoever decides about publishing bytes reads these; a file with more is not going to be published as it stands. */
const MAX_NAMES = 200;
const MAX_STRETCHES = 500;
const MAX_PROPERTIES = 60;
/** Names and values that are longer are no names. */
const MAX_VALUE = 300;
const MAX_STRETCH = 5_000;

/** An empty gatherer of what is inside a file. What is there twice is kept once. */
export function insideGatherer(): InsideGatherer {
	const authors = new Set<string>();
	const comments: { author: string | null; text: string }[] = [];
	const hidden = new Set<string>();
	const properties = new Map<string, string>();
	let revisions = 0;
	return {
		author(name) {
			const value = short(name ?? '', MAX_VALUE);
			if (value !== '' && authors.size < MAX_NAMES) authors.add(value);
		},
		comment(author, text) {
			const value = short(text, MAX_STRETCH);
			const name = short(author ?? '', MAX_VALUE) || null;
			if (value !== '' && comments.length < MAX_STRETCHES) comments.push({ author: name, text: value });
		},
		hide(text) {
			const value = short(text, MAX_STRETCH);
			if (value !== '' && hidden.size < MAX_STRETCHES) hidden.add(value);
		},
		revise() {
			revisions++;
		},
		property(name, value) {
			const clean = short(value ?? '', MAX_VALUE);
			if (clean !== '' && properties.size < MAX_PROPERTIES) properties.set(short(name, 80), clean);
		},
		get inside() {
			return {
				authors: [...authors],
				comments,
				hidden: [...hidden],
				revisions,
				properties: Object.fromEntries(properties),
			};
		},
	};
}

function short(text: string, limit: number): string {
	return cleaned(text).replace(/\s+/g, ' ').trim().slice(0, limit).toWellFormed();
}
