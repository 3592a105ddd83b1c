import type { Place } from '../structure/outline.ts';
import type { Order } from './piece.ts';

/** Ways in which a provision goes with the keys. */
export type Way = 'up' | 'down' | 'deeper' | 'shallower';

/** Where a provision goes by one step; null where there is no such place. */
export function stepped(order: Order, id: string, way: Way): Place | null {
	const at = order.findIndex(([own]) => own === id);
	if (at < 0) return null;
	const [before, over] = [previousSibling(order, at), parentOf(order, at)];
	switch (way) {
		case 'up': {
			if (before === null) return null;
			const sooner = previousSibling(order, before);
			return sooner === null ? { first: over === null ? null : idAt(order, over) } : { after: idAt(order, sooner) };
		}
		case 'down': {
			const next = nextSibling(order, id);
			return next === null ? null : { after: next };
		}
		case 'deeper': {
			if (before === null) return null;
			const last = lastInside(order, before);
			return last === null ? { first: idAt(order, before) } : { after: idAt(order, last) };
		}
		case 'shallower':
			return over === null ? null : { after: idAt(order, over) };
	}
}

/** What stands before a provision among its siblings; null where it is the first. */
export function siblingBefore(order: Order, id: string): string | null {
	const at = order.findIndex(([own]) => own === id);
	const before = at < 0 ? null : previousSibling(order, at);
	return before === null ? null : idAt(order, before);
}

/** What follows a provision among its siblings; null where nothing does. */
export function nextSibling(order: Order, id: string): string | null {
	const at = order.findIndex(([own]) => own === id);
	const depth = order[at]?.[1] ?? 0;
	for (const [other, deep] of at < 0 ? [] : order.slice(at + 1)) {
		if (deep === depth) return other;
		if (deep < depth) return null;
	}
	return null;
}

/** Whether anything lies in a provision. */
export function holdsOthers(order: Order, id: string): boolean {
	const at = order.findIndex(([own]) => own === id);
	return at >= 0 && (order[at + 1]?.[1] ?? 0) > (order[at]?.[1] ?? 0);
}

function previousSibling(order: Order, at: number): number | null {
	const depth = order[at]?.[1] ?? 0;
	for (let before = at - 1; before >= 0; before--) {
		const deep = order[before]?.[1] ?? 0;
		if (deep === depth) return before;
		if (deep < depth) return null;
	}
	return null;
}

function parentOf(order: Order, at: number): number | null {
	const depth = order[at]?.[1] ?? 0;
	for (let before = at - 1; before >= 0; before--) if ((order[before]?.[1] ?? 0) < depth) return before;
	return null;
}

/** Index of the last that lies right in a provision. */
function lastInside(order: Order, at: number): number | null {
	const depth = order[at]?.[1] ?? 0;
	let last: number | null = null;
	for (let n = at + 1; (order[n]?.[1] ?? 0) > depth; n++) if (order[n]?.[1] === depth + 1) last = n;
	return last;
}

function idAt(order: Order, at: number): string {
	return order[at]?.[0] ?? '';
}
