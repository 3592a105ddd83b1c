/** An edit, as far as it is told whether it goes with others. */
interface Told {
	readonly seq: number;
	readonly act: string;
	readonly provision: string | null;
	readonly person: string | null;
	readonly at: Date;
}

/** Milliseconds between two savings of one person in one provision from which on they are two things. */
const APART = 10 * 60_000;

/**
 * Edits, the latest first, with those of one person in the words of one provision that lie close together as one: the latest
 * of them, and how many they are. An editor saves while somebody types; a list of every saving would say nothing.
 */
export function runs<E extends Told>(edits: readonly E[]): readonly (E & { readonly savings: number })[] {
	const made: { readonly edit: E; savings: number; earliest: number }[] = [];
	const last = new Map<string, (typeof made)[number]>();
	for (const edit of edits) {
		const key = `${edit.person} ${edit.provision}`;
		const run = edit.act === 'worded' ? last.get(key) : undefined;
		if (run && run.earliest - edit.at.getTime() < APART) {
			run.savings++;
			run.earliest = edit.at.getTime();
			continue;
		}
		const begun = { edit, savings: 1, earliest: edit.at.getTime() };
		made.push(begun);
		// Whatever else was done to it in between ends a run.
		if (edit.act === 'worded') last.set(key, begun);
		else if (edit.provision === null) last.clear();
		else for (const other of [...last.keys()]) if (other.endsWith(` ${edit.provision}`)) last.delete(other);
	}
	return made.map(({ edit, savings }) => ({ ...edit, savings }));
}
