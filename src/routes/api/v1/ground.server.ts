import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import { type Day, dayAt, isoSecond } from '#kernel/day.ts';
import type { World } from '#platform/world.ts';

/** The parts of the API: what each holds has a source of its own. */
export type Noun = 'watch' | 'library' | 'law' | 'concordance';

/** The latest list of each kind that takes part; null where there is none. */
export interface AsOf {
	readonly participating: string | null;
	readonly pending: string | null;
}

/** Where the facts come from, and what may be done with them. */
export interface SourceNote {
	readonly name: string;
	readonly address: string | null;
	readonly licence: string;
}

/** What stands at the head of every answer. */
export interface Head {
	/** Of the watch the lists; of everything else the day that it is told of. */
	readonly as_of: AsOf | Day;
	readonly source: SourceNote;
	/** True while everything here is invented. */
	readonly sample: boolean;
}

/** Changes whenever the same address would answer something else. */
export interface Ground {
	readonly head: Head;
	readonly etag: string;
}

type Here = { readonly world: Pick<World, 'db' | 'clock'>; readonly sample: boolean };

const ICE: SourceNote = {
	name: 'U.S. Immigration and Customs Enforcement: lists of participating and pending 287(g) agencies',
	address: 'https://www.ice.gov/identify-and-arrest/287g',
	licence:
		'Facts published by the United States government; no rights are claimed in them. Please name this site and the date of the list.',
};
const SHELF: SourceNote = {
	name: 'City Compact: policy texts on the shelf of this site, each version with its source',
	address: null,
	licence:
		'No rights are claimed in the texts of laws. Models that come with the software are under its MIT licence. Please name this site, the version and the day.',
};
const REVIEWED: SourceNote = {
	name: 'City Compact: records of law, each reviewed by the attorney it names',
	address: null,
	licence: 'No rights are claimed in these records. They are no legal advice. Please name the attorney and the day.',
};
const COMPARED: SourceNote = {
	name: 'City Compact: policies on the shelf of this site and the words they share; codes confirmed by two people',
	address: null,
	licence: 'No rights are claimed in the texts of laws, nor in their codes. Please name this site and the day.',
};
const INVENTED: SourceNote = {
	name: 'SAMPLE. Every place, agency, date and figure here is invented.',
	address: null,
	licence: 'SAMPLE. There is nothing here to reuse.',
};
const NOTES = { library: SHELF, law: REVIEWED, concordance: COMPARED } as const;
/** Raised when the same data is answered in another form. */
const FORM = 1;

/** What this moment's answers stand on. */
export function ground(noun: Noun, here: Here): Promise<Ground> {
	return noun === 'watch' ? watchGround(here) : journalGround(noun, here);
}

/** The day of the head, which names the file. */
export function dayOf({ as_of }: Head): string | undefined {
	return typeof as_of === 'string' ? as_of : (as_of.participating ?? as_of.pending)?.slice(0, 10);
}

async function watchGround({ world, sample }: Here): Promise<Ground> {
	const found = await world.db.as(VISITOR, (tx) =>
		sql<{
			participating: Date | null;
			pending: Date | null;
			made_at: Date | null;
			added_at: Date | null;
			files: number;
		}>`
			select max(modified) filter (where kind = 'participating') as participating,
				max(modified) filter (where kind = 'pending') as pending,
				(select made_at from watch_ledger) as made_at,
				(select max(added_at) from watch_list) as added_at,
				(select count(*) from watch_list)::integer as files
			from watch_figure`.execute(tx),
	);
	const { participating = null, pending = null, ...rest } = found.rows[0] ?? {};
	return {
		head: {
			as_of: { participating: participating && isoSecond(participating), pending: pending && isoSecond(pending) },
			source: sample ? INVENTED : ICE,
			sample,
		},
		etag: tagOf([FORM, sample, rest]),
	};
}

/** Whatever changes on the shelf or in the record of law is told in the journal, and that texts were compared; a policy comes into force by its day. */
async function journalGround(noun: keyof typeof NOTES, { world, sample }: Here): Promise<Ground> {
	const today = dayAt(world.clock.now());
	const { rows } = await world.db.as(VISITOR, (tx) =>
		sql<{ position: string | null }>`select max(position)::text as position from journal`.execute(tx),
	);
	return {
		head: { as_of: today, source: sample ? INVENTED : NOTES[noun], sample },
		etag: tagOf([FORM, noun, sample, today, rows[0]?.position ?? null]),
	};
}

function tagOf(standing: unknown): string {
	const edition = createHash('sha256').update(JSON.stringify(standing)).digest('base64url').slice(0, 22);
	return `W/"${edition}"`;
}
