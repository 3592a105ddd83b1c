import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { type DataRecord, type Field, toRecord } from '#kernel/field.ts';
import { placeDetails } from '#places/list.server.ts';
import type { Tx, World } from '#platform/world.ts';
import { asRead, conditionOf } from '../blank-words.ts';
import { turnsOf } from '../counsel/counsel.server.ts';
import { openBlanksOf } from '../counsel/question.ts';
import { questionsOn } from '../counsel/questions.server.ts';
import type { DraftLine, State } from '../draft.ts';
import { differing, elsewhere, wordsElsewhere } from '../elsewhere.server.ts';
import { readsAlike } from '../elsewhere.ts';
import { edits } from '../history.server.ts';
import { namesOf } from '../name/names.server.ts';
import { newerOf } from '../newer.server.ts';
import { QUESTION_FIELDS, TURN_FIELDS } from '../record/counsel.ts';
import { DRAFT_FIELDS, WHOLE_FIELDS } from '../record/draft.ts';
import { EDIT_FIELDS } from '../record/edit.ts';
import { ELSEWHERE_FIELDS, type ElsewhereView } from '../record/elsewhere.ts';
import { MEETING_FIELDS } from '../record/meeting.ts';
import { NAME_FIELDS } from '../record/name.ts';
import { OFFER_FIELDS } from '../record/newer.ts';
import { REMARK_FIELDS } from '../record/remark.ts';
import { STAGE_FIELDS } from '../record/stage.ts';
import { SUGGESTION_FIELDS, UPLOAD_FIELDS } from '../record/suggestion.ts';
import { demandNoQuorum, meetingIn } from '../remark/quorum.server.ts';
import { remarksOn } from '../remark/remarked.server.ts';
import { draftLines, stateOf } from '../state.server.ts';
import { standings, wayOf } from '../way/stage.ts';
import { wayTo } from '../way/stages.server.ts';
import { uploadsOf } from '../word/suggestions.server.ts';

type Reading = Pick<World, 'db' | 'clock'>;

/** Something of a draft that programs can have, record by record. */
export interface Look {
	readonly name: string;
	readonly fields: readonly Omit<Field<never>, 'of'>[];
	/** The field that tells its records apart. */
	readonly key: string;
	/** Throws as `lookAt` does. `tx` acts for the actor. */
	records(id: string, actor: Actor, world: Reading, tx: Tx): Promise<Looked>;
}

interface Looked {
	readonly draft: Pick<DraftLine, 'title' | 'sample'>;
	readonly records: readonly DataRecord[];
}

/** What there is of a draft beside its text. */
export const LOOKS: readonly Look[] = [
	look('edits', EDIT_FIELDS, 'seq', async ({ draft }, by, _actor, tx) =>
		(await edits(draft.id, tx)).map((edit) => ({ ...edit, by: by(edit.person) })),
	),
	look('newer', OFFER_FIELDS, 'take', async (state, _by, _actor, tx) =>
		(await newerOf(state, tx)).flatMap(({ source, version, offers }) =>
			offers.map((offer) => ({ source: source.nth, version, offer, state })),
		),
	),
	look('names', NAME_FIELDS, 'id', async (state, _by, _actor, tx) =>
		((await namesOf(state, tx))?.places ?? []).map((place) => ({ place, state })),
	),
	look('uploads', UPLOAD_FIELDS, 'id', uploads),
	look('suggestions', SUGGESTION_FIELDS, 'take', async (state, by, actor, tx) =>
		(await uploads(state, by, actor, tx)).flatMap((upload) => upload.suggestions.map((one) => ({ ...one, upload }))),
	),
	look('comments', REMARK_FIELDS, 'id', async (state, _by, actor, tx) =>
		(await remarksOn(state, ['city', 'counsel'], actor, tx)).map((remark) => ({ remark, state })),
	),
	look('elsewhere', ELSEWHERE_FIELDS, 'id', otherCities),
	look('meeting', MEETING_FIELDS, 'seat', async ({ draft }, _by, actor, tx, world) => {
		const meeting = await meetingIn(draft.id, actor, world, tx);
		return meeting.body.map((one) => ({ one, meeting }));
	}),
	look('questions', QUESTION_FIELDS, 'blank', questions),
	look('turns', TURN_FIELDS, 'nth', async ({ draft }, _by, _actor, tx) => turnsOf(draft.id, tx)),
	{ name: 'dates', fields: STAGE_FIELDS, key: 'stage', records: dates },
];

/** The drafts of the actor's city, the one edited last first. Throws `Forbidden` where they may read none. */
export async function drafts(actor: Actor, { db }: Pick<World, 'db'>): Promise<readonly DataRecord[]> {
	demand(actor, 'read', 'draft', ownCity(actor));
	return db.as(actor, async (tx) => {
		const by = await names(tx);
		return (await draftLines(actor, tx)).map((line) => toRecord(DRAFT_FIELDS, { ...line, by: by(line.editedBy) }));
	});
}

/**
 * A draft whole, as it reads or read after an earlier edit, and the postal code of the state whose law is to be told with it.
 * Throws as `stateOf` does, and `Conflict` where the rule of open meetings keeps the actor out.
 */
export async function wholeDraft(
	id: string,
	at: number | null,
	actor: Actor,
	world: Reading,
): Promise<{ readonly state: State; readonly record: DataRecord; readonly stateCode: string | null }> {
	demand(actor, 'read', 'draft', ownCity(actor));
	return world.db.as(actor, async (tx) => {
		await demandNoQuorum(id, actor, world, tx);
		const state = await stateOf(id, actor, tx, at ?? undefined);
		const by = await names(tx);
		const [place] = await placeDetails({ ids: [state.draft.city] }, tx);
		const line = { ...state.draft, by: by(state.draft.editedBy) };
		return {
			state,
			record: toRecord(WHOLE_FIELDS, { line, state }),
			stateCode: place?.path.slice(0, 2).toUpperCase() ?? null,
		};
	});
}

/** What a look gives of a draft. Throws as `wholeDraft` does. */
export async function lookAt(id: string, { records }: Look, actor: Actor, world: Reading): Promise<Looked> {
	demand(actor, 'read', 'draft', ownCity(actor));
	return world.db.as(actor, (tx) => records(id, actor, world, tx));
}

/** Whether a draft is of an invented city or text; false where the actor's city has none of the id. */
export async function isSample(id: string, actor: Actor, { db }: Pick<World, 'db'>): Promise<boolean> {
	const { rows } = await db.as(actor, (tx) =>
		sql<{ sample: boolean }>`select sample from adoption_draft where id::text = ${id}`.execute(tx),
	);
	return rows[0]?.sample ?? false;
}

type By = (person: string | null) => string | null;

/** A look at a draft as it reads now, by somebody whom the rule of open meetings lets in. */
function look<View>(
	name: string,
	fields: readonly Field<View>[],
	key: string,
	views: (state: State, by: By, actor: Actor, tx: Tx, world: Reading) => Promise<readonly View[]>,
): Look {
	return {
		...{ name, fields, key },
		async records(id, actor, world, tx) {
			await demandNoQuorum(id, actor, world, tx);
			const state = await stateOf(id, actor, tx);
			const found = await views(state, await names(tx), actor, tx, world);
			return { draft: state.draft, records: found.map((view) => toRecord(fields, view)) };
		},
	};
}

/** The days of a draft show none of its words: the rule does not ask for them. */
async function dates(id: string, _actor: Actor, { clock }: Reading, tx: Tx): Promise<Looked> {
	const way = await wayTo(id, tx);
	if (!way) throw new NotFound('There is no such draft. The list of drafts of your city has those there are.');
	const all = standings(wayOf(way.stages), dayAt(clock.now()));
	return { draft: way.draft, records: all.map((one) => toRecord(STAGE_FIELDS, one)) };
}

/** The words of other cities where they are other than the draft's, provision by provision. */
async function otherCities(
	state: State,
	_by: By,
	_actor: Actor,
	tx: Tx,
	{ clock }: Reading,
): Promise<readonly ElsewhereView[]> {
	const kin = await elsewhere(state, tx);
	const other = await differing(state, kin, tx);
	const found: ElsewhereView[] = [];
	for (const { id: provision, text } of state.provisions) {
		if (!other.has(provision)) continue;
		const ours = asRead(conditionOf(text).words, state);
		const theirs = await wordsElsewhere(kin.get(provision) ?? [], dayAt(clock.now()), state.draft.language, tx);
		found.push(...theirs.filter((one) => !readsAlike(ours, one.text)).map((one) => ({ ...one, provision })));
	}
	return found;
}

async function questions(state: State, _by: By, actor: Actor, tx: Tx) {
	const asked = await questionsOn(state.draft.id, tx);
	const remarks = await remarksOn(state, ['city'], actor, tx);
	return openBlanksOf(state).map((one) => ({
		...one,
		asked: remarks.find(({ id }) => id === asked.get(one.blank.id)) ?? null,
		language: state.draft.language,
	}));
}

async function uploads({ draft }: State, by: By, actor: Actor, tx: Tx) {
	return (await uploadsOf(draft.id, actor, tx)).map(({ person, suggestions, ...upload }) => ({
		...upload,
		by: by(person),
		suggestions: suggestions.map(({ decidedBy, ...one }) => ({ ...one, by: by(decidedBy) })),
	}));
}

async function names(tx: Tx): Promise<By> {
	const people = await namesSeated(tx);
	return (person) => (person === null ? null : (people.get(person) ?? null));
}
