import type { Language } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { locate } from '#library/at.server.ts';
import { opened } from '#library/version.server.ts';
import type { Version, VersionLine, Work } from '#library/view.ts';
import type { Place } from '#places/place.ts';
import type { Tx, World } from '#platform/world.ts';

/** It stands elsewhere now: a path below /library. Or: a place that has policies. */
type Elsewhere = { readonly moved: string } | { readonly place: Place };

/** What a path of the library lets be read, before it is: a version, and the eId of the provision of it that is meant. */
export type Meant = { readonly work: Work; readonly line: VersionLine; readonly eId: string | null } | Elsewhere;

/** What a path means; of a policy its newest version. Throws `NotFound`. */
export async function meant(
	path: string,
	{ world, language }: { readonly world: Pick<World, 'clock'>; readonly language: Language },
	tx: Tx,
): Promise<Meant> {
	const today = dayAt(world.clock.now());
	const found = await locate(path, today, tx);
	if (found.kind === 'moved') return { moved: found.path };
	if (found.kind === 'place') return { place: found.place };
	if (found.kind === 'provision') return found;
	const line = found.kind === 'work' ? newest(found.work, today) : found.kind === 'version' ? found.line : null;
	if (found.kind === 'none' || !line) throw new NotFound(speech(language).say('library.unknown'));
	return { work: found.work, line, eId: null };
}

/** The version at a path, whole; of a policy its newest. Throws `NotFound`. */
export async function readable(
	path: string,
	locals: App.Locals,
): Promise<{ readonly work: Work; readonly version: Version } | Elsewhere> {
	return locals.world.db.as(locals.actor, async (tx) => {
		const found = await meant(path, locals, tx);
		if (!('line' in found)) return found;
		const { work, line } = found;
		return { work, version: await opened(work.id, line, work.versions, tx) };
	});
}

/** The newest version as enacted that is not of a day to come, else the first to come; else the newest of all. */
function newest(work: Work, today: Day): VersionLine | null {
	const enacted = work.versions.filter(({ language, official }) => official && language === work.language);
	return enacted.find(({ day }) => day <= today) ?? enacted.at(-1) ?? work.versions[0] ?? null;
}
