import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { OPERATOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { WORD_TYPE } from '#kernel/media-type.ts';
import { putBlob } from '#platform/blob.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { About } from './about.server.ts';
import { type Added, addVersion, READER, settleWork } from './add.server.ts';
import { isSlug, policySlug, versionAddress, workAddress } from './address.ts';
import { type Checked, check, titleOf } from './check.server.ts';
import { addFact } from './history.server.ts';
import type { Offer } from './offer.server.ts';
import type { TextLanguage } from './policy.ts';
import type { Problem } from './provision.ts';

/** What became of an offered file. */
export type Outcome = { readonly name: string } & (
	| {
			readonly outcome: 'added' | 'known' | 'read_again';
			/** Path of the version below /library. */
			readonly address: string;
			readonly provisions: number;
			readonly problems: readonly Problem[];
			/** What the file holds beside its words; null where it was not read. */
			readonly inside: Checked['inside'] | null;
	  }
	| { readonly outcome: 'refused'; readonly code: string; readonly detail: string }
);

/** How an import goes about it. */
export interface Manner {
	/** The office that imports. */
	readonly by: string;
	/** Reads also those files again that this version of the readers has read. */
	readonly again: boolean;
	readonly told: (outcome: Outcome) => void;
	/** Leaves a trace of a version in the transaction that keeps it, where a person signed in. */
	readonly trace?: (versionId: string, tx: Tx) => Promise<void>;
	/** Aborted: finish the files at hand and return. */
	readonly signal: AbortSignal | null;
}

type Writing = Pick<World, 'db' | 'clock' | 'random' | 'queue'>;

/** Files of one transaction: the disk waits once for all of them. */
const MOST_FILES = 48;
/** Bytes of one transaction, so that memory does not grow with the files. */
const MOST_BYTES = 24_000_000;

/**
 * Imports files into the library: the bytes (private to the coalition until somebody publishes them), the policy, its
 * version and what is said to have become of it. A file that cannot be read, or is not described, is told and changes
 * nothing; the others go in. Importing again changes nothing.
 */
export async function importPolicies(
	offers: AsyncIterable<Offer> | Iterable<Offer>,
	manner: Manner,
	world: Writing,
): Promise<void> {
	let writing: Promise<void> = Promise.resolve();
	let batch: Offered[] = [];
	let size = 0;
	const next = async (): Promise<void> => {
		const offered = batch;
		[batch, size] = [[], 0];
		// While one batch is written, the next is read.
		const ready = await prepareAll(offered, manner, world);
		await writing;
		writing = keepAll(ready, manner, world);
		writing.catch(() => undefined);
	};
	for await (const offer of offers) {
		if (manner.signal?.aborted) break;
		const offered = await opened(offer);
		batch.push(offered);
		size += 'bytes' in offered ? offered.bytes.length : 0;
		if (batch.length >= MOST_FILES || size >= MOST_BYTES) await next();
	}
	await next();
	await writing;
}

/** A file with its bytes, or one refused. */
type Offered =
	| {
			readonly name: string;
			readonly about: About;
			readonly bytes: Uint8Array;
			readonly sha256: string;
			readonly correct: Offer['correct'];
	  }
	| { readonly name: string; readonly code: string; readonly detail: string };

async function opened({ name, about, correct, ...offer }: Offer): Promise<Offered> {
	if ('wrong' in about) return { name, code: 'not_described', detail: about.wrong };
	try {
		const bytes = await offer.bytes();
		return { name, about, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), correct };
	} catch (cause) {
		if (cause instanceof Invalid) return { name, code: 'invalid', detail: cause.message };
		throw cause;
	}
}

/** A file read, one known already, or one refused. */
type Ready =
	| {
			readonly name: string;
			readonly about: About;
			readonly bytes: Uint8Array;
			readonly sha256: string;
			readonly correct: Offer['correct'];
			readonly address: string;
			readonly found: Checked;
	  }
	| { readonly name: string; readonly about: About; readonly known: Known }
	| { readonly name: string; readonly code: string; readonly detail: string };

interface Known {
	readonly workId: string;
	readonly address: string;
	readonly provisions: number;
}

async function prepareAll(batch: readonly Offered[], { again }: Manner, world: Writing): Promise<Ready[]> {
	const known = again ? new Map<number, Known>() : await knownFiles(batch, world);
	return Promise.all(
		batch.map(async (offered, i): Promise<Ready> => {
			if ('code' in offered) return offered;
			const found = known.get(i);
			return found ? { name: offered.name, about: offered.about, known: found } : prepared(offered);
		}),
	);
}

async function prepared(offered: Extract<Offered, { bytes: Uint8Array }>): Promise<Ready> {
	const { name, about, bytes, correct } = offered;
	const read = await check(bytes, name, about.profile);
	if ('refused' in read) return { name, code: read.refused, detail: read.detail };
	const found = correct ? { ...read, reading: correct(read.reading) } : read;
	const slug = about.slug ?? policySlug(about.number, about.title ?? found.title);
	if (slug === null || !isSlug(slug))
		return {
			name,
			code: 'no_address',
			detail: 'Its address cannot be made of its number or title: say how it ends, with --as local-law-58-of-2014.',
		};
	return { ...offered, found, address: workAddress(about.place, slug) };
}

/** Versions that were made of the same bytes for the same day and policy, by the reader of today; by place in the batch. */
async function knownFiles(batch: readonly Offered[], world: Writing): Promise<Map<number, Known>> {
	const asked = batch.flatMap((offered, i) => {
		if ('code' in offered) return [];
		const { place, day, profile, number, title, slug: end } = offered.about;
		const slug = end ?? policySlug(number, title ?? '');
		const address = slug === null ? null : workAddress(place, slug);
		return [{ i, sha256: offered.sha256, day, address, place: place?.id ?? null, profile }];
	});
	if (asked.length === 0) return new Map();
	return world.db.as(OPERATOR, async (tx) => {
		const { rows } = await sql<{
			i: number;
			id: string;
			address: string;
			own: TextLanguage;
			day: Day;
			nth: number;
			language: TextLanguage;
			provisions: number;
		}>`
			select a.i, w.id, w.address, w.language as own, e.day, e.nth, e.language, (select count(*)::integer
				from library_provision p where p.work_id = e.work_id and p.expression_id = e.id) as provisions
			from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
				as a (i integer, sha256 text, day date, address text, place text, profile text)
			join library_expression e on e.source_sha256 = a.sha256 and e.day = a.day and e.reader = ${READER}
				and (a.profile is null or e.profile = a.profile)
			join library_work w on w.id = e.work_id and w.place_id is not distinct from a.place
				and (a.address is null or w.address = a.address)`.execute(tx);
		return new Map(
			rows.map(({ i, own, ...row }) => [
				i,
				{
					workId: row.id,
					address: versionAddress({ address: row.address, language: own }, row),
					provisions: row.provisions,
				},
			]),
		);
	});
}

/** All of a batch at once; where one of them cannot be kept, each on its own. */
async function keepAll(batch: readonly Ready[], manner: Manner, world: Writing): Promise<void> {
	let outcomes: Outcome[];
	try {
		outcomes = await world.db.as(OPERATOR, (tx) => keepEach(batch, manner, world, tx));
	} catch {
		outcomes = [];
		for (const ready of batch) outcomes.push(await keepAlone(ready, manner, world));
	}
	for (const outcome of outcomes) manner.told(outcome);
}

async function keepEach(batch: readonly Ready[], manner: Manner, world: Writing, tx: Tx): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const ready of batch) outcomes.push(await keep(ready, manner, world, tx));
	return outcomes;
}

async function keepAlone(ready: Ready, manner: Manner, world: Writing): Promise<Outcome> {
	try {
		return await world.db.as(OPERATOR, (tx) => keep(ready, manner, world, tx));
	} catch (cause) {
		if (!(cause instanceof Invalid)) throw cause;
		return { name: ready.name, outcome: 'refused', code: 'invalid', detail: cause.message };
	}
}

async function keep(ready: Ready, { by, trace }: Manner, world: Writing, tx: Tx): Promise<Outcome> {
	const { name } = ready;
	if ('code' in ready) return { name, outcome: 'refused', code: ready.code, detail: ready.detail };
	if ('known' in ready) {
		await keepFacts(ready.known.workId, ready.about, by, world, tx);
		const { address, provisions } = ready.known;
		return { name, outcome: 'known', address, provisions, problems: [], inside: null };
	}
	const { about, found, address } = ready;
	const language = about.language ?? found.language;
	// A number as its body counts says more than the name of a file.
	const title = titleOf(about.title ?? found.reading.title ?? about.number ?? found.title);
	const policy = await settleWork(
		// What is said of an invented place goes with it.
		{ ...about, id: null, address, title, language, sample: about.place?.sample ?? false },
		by,
		world,
		tx,
	);
	const version = await keepVersion(ready, policy, title, language, by, world, tx);
	await keepFacts(policy.id, about, by, world, tx);
	await trace?.(version.id, tx);
	return {
		name,
		outcome: version.outcome,
		address: versionAddress({ address, language: policy.language }, { day: about.day, nth: version.nth, language }),
		provisions: found.reading.provisions.length,
		problems: found.reading.problems,
		inside: found.inside,
	};
}

async function keepVersion(
	{ name, about, bytes, sha256, found, correct }: Extract<Ready, { found: Checked }>,
	policy: { readonly id: string; readonly language: TextLanguage },
	title: string,
	language: TextLanguage,
	by: string,
	world: Writing,
	tx: Tx,
): Promise<Added> {
	const mediaType = MEDIA_TYPES[found.format] ?? 'application/octet-stream';
	const blobId = await putBlob({ owner: null, room: 'city', bytes, mediaType }, world, tx);
	return addVersion(
		policy.id,
		{
			day: about.day,
			language,
			official: language === policy.language,
			title,
			reading: found.reading,
			format: found.format,
			source: {
				name: name.replace(/^.*\//, ''),
				sha256,
				address: about.sourceAddress,
				retrieved: about.retrieved,
				blobId,
			},
			comesAlong: false,
			corrected: correct !== undefined,
			by,
			id: null,
		},
		world,
		tx,
	);
}

async function keepFacts(workId: string, about: About, by: string, world: Writing, tx: Tx): Promise<void> {
	for (const { kind, day } of about.facts) {
		const fact = { kind, day, source: about.cites ?? '', sourceAddress: about.sourceAddress, note: null };
		await addFact(workId, fact, by, world, tx);
	}
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
	docx: WORD_TYPE,
	pdf: 'application/pdf',
	rtf: 'application/rtf',
	html: 'text/html',
	markdown: 'text/markdown',
	text: 'text/plain',
	akn: 'application/akn+xml',
};
