import { provisions } from '#library/version.server.ts';
import type { Tx } from '#platform/world.ts';
import type { State } from './draft.ts';
import { spokenIn } from './spoken.ts';

/** A reference that stands in a draft as it was copied, and means there what was not copied. */
export interface Unnamed {
	/** Id of the provision that says it. */
	readonly provision: string;
	readonly words: string;
}

/** Letters around a reference by which its place is found again. */
const AROUND = 24;

/**
 * References of what was copied in part, to the part that was not: `section 3` of the other text, which in the draft is
 * another section or none. Told as long as the words around it stand as they were copied. `tx` acts for the draft's city.
 */
export async function unnamedIn({ sources, provisions: text }: State, tx: Tx): Promise<readonly Unnamed[]> {
	const found: Unnamed[] = [];
	for (const { nth, whole, workId, expressionId } of sources) {
		if (whole) continue;
		const copied = text.filter(({ from }) => from?.source === nth);
		const ids = new Map(copied.map(({ id, from }) => [from?.eId ?? '', id]));
		const version = await provisions(workId, expressionId, tx);
		const spoken = spokenIn(version, ids, text, new Set(ids.values()));
		for (const { id: provision, heading, text: own } of copied) {
			const said = spoken.get(provision);
			for (const words of said?.unnamed ?? []) {
				const [was, is] = [`${said?.heading ?? ''} ${said?.text}`, `${heading ?? ''} ${own}`];
				const at = was.indexOf(words);
				if (is.includes(was.slice(Math.max(0, at - AROUND), at + words.length + AROUND)))
					found.push({ provision, words });
			}
		}
	}
	return found;
}
