import { grouped } from '#places/grouped.ts';
import { namesIn } from './found.ts';
import type { Named, Naming, Worded } from './naming.ts';

/** That a text names another city, or its state, in places that nobody decided on. */
export interface Notice {
	/** Each name with how often it stands there; `sure`: one of them at least is plainly the city's. */
	readonly names: readonly { readonly name: string; readonly n: number; readonly sure: boolean }[];
	/** A name that stands in the title; null where none does. */
	readonly title: string | null;
	/** What the own city is called. */
	readonly own: string;
}

/** What is told of places that are open; null where there are none and the title names nobody else. */
export function noticed(open: readonly Naming[], title: string, others: readonly Named[], own: Named): Notice | null {
	const called = new Map(
		others.flatMap((one) => [[one.state.id, one.state.name] as const, [one.id, one.name] as const]),
	);
	const names = [...grouped(open, ({ of }) => of)].map(([of, places]) => ({
		name: called.get(of) ?? '',
		n: places.length,
		sure: places.some(({ doubt }) => doubt === null),
	}));
	const titled: Worded = { id: 'title', heading: null, text: title };
	const [first] = namesIn([titled], others, own).filter(({ doubt }) => doubt === null);
	const inTitle = first ? (called.get(first.of) ?? null) : null;
	return names.length === 0 && inTitle === null ? null : { names, title: inTitle, own: own.name };
}
