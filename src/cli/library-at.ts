import { VISITOR } from '#access/actor.ts';
import { type Day, dayAt, parseDay } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { typedPath } from '#library/address.ts';
import { workAt } from '#library/at.server.ts';
import type { Version, Work } from '#library/view.ts';
import type { World } from '#platform/world.ts';
import { type Operand, type Option, Usage } from './command.ts';

export const POLICY: Operand = {
	name: 'POLICY',
	summary: 'its address, as `library list` prints it: ny/place/new-york-city/local-law-58-of-2014',
};
export const VERSION: Operand = {
	name: 'VERSION',
	summary: 'its address, or that of a policy for the newest: …/2014-11-14',
};
export const BY: Option = { value: 'NAME', summary: 'the office that says so', default: 'operator' };

/** What stands at an address; null where it names less. */
export interface Found {
	readonly work: Work;
	readonly version: Version | null;
	readonly provision: Version['provisions'][number] | null;
}

/** What stands at an address, a page of ours or the end of one. Former addresses lead on, as they do on the pages. */
export async function find(text: string, world: Pick<World, 'db' | 'clock'>): Promise<Found> {
	let path = typedPath(text);
	for (let hops = 0; hops < 3; hops++) {
		const at = await world.db.as(VISITOR, (tx) => workAt(path, dayAt(world.clock.now()), tx));
		if (at.kind === 'work') return { work: at.work, version: null, provision: null };
		if (at.kind === 'version') return { work: at.work, version: at.version, provision: null };
		if (at.kind === 'provision') return at;
		if (at.kind !== 'moved') break;
		path = at.path;
	}
	throw new NotFound(`Nothing in the library is at ${path}. \`citycompact library list\` prints every address.`);
}

export async function policyAt(text: string, world: Pick<World, 'db' | 'clock'>): Promise<{ readonly work: Work }> {
	return find(text, world);
}

export async function versionAt(
	text: string,
	world: Pick<World, 'db' | 'clock'>,
): Promise<{ readonly work: Work; readonly version: { readonly id: string; readonly address: string } }> {
	const { work, version } = await find(text, world);
	const chosen = version ?? work.versions[0];
	if (!chosen) throw new NotFound('This policy has no version yet.');
	return { work, version: chosen };
}

/** Reads a day of the command line; `what` is how the option or operand is called. */
export function day(text: string | undefined, what: string): Day | null {
	if (text === undefined) return null;
	const found = parseDay(text);
	if (!found) throw new Usage(`${what} takes a day as YYYY-MM-DD; ${text} is none.`);
	return found;
}
