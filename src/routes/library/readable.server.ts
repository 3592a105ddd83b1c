import { speech } from '#i18n/message.ts';
import { type Day, dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { workAt } from '#library/at.server.ts';
import type { Provision } from '#library/provision.ts';
import { version } from '#library/version.server.ts';
import type { Version, VersionLine, Work } from '#library/view.ts';
import type { Place } from '#places/place.ts';

/** What a path of the library lets be read: a version whole, and the provision of it that is meant. */
export type Readable =
	| { readonly work: Work; readonly version: Version; readonly provision: Provision | null }
	/** It stands elsewhere now: a path below /library. */
	| { readonly moved: string }
	/** A place that has policies. */
	| { readonly place: Place };

/** The version at a path; of a policy its newest. Throws `NotFound`. */
export async function readable(path: string, { world, actor, language }: App.Locals): Promise<Readable> {
	const today = dayAt(world.clock.now());
	return world.db.as(actor, async (tx) => {
		const found = await workAt(path, today, tx);
		if (found.kind === 'moved') return { moved: found.path };
		if (found.kind === 'place') return { place: found.place };
		if (found.kind === 'version') return { ...found, provision: null };
		if (found.kind === 'provision') return found;
		const line = found.kind === 'work' ? newest(found.work, today) : null;
		const whole = found.kind === 'work' && line ? await version(found.work.id, line.id, tx) : null;
		if (found.kind !== 'work' || !whole) throw new NotFound(speech(language).say('library.unknown'));
		return { work: found.work, version: whole, provision: null };
	});
}

/** The newest version as enacted that is not of a day to come, else the first to come; else the newest of all. */
function newest(work: Work, today: Day): VersionLine | null {
	const enacted = work.versions.filter(({ language, official }) => official && language === work.language);
	return enacted.find(({ day }) => day <= today) ?? enacted.at(-1) ?? work.versions[0] ?? null;
}
