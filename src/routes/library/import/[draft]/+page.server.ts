import { redirect } from '@sveltejs/kit';
import { byline } from '#access/byline.server.ts';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { Conflict } from '#kernel/error.ts';
import { identifiersIn } from '#kernel/identifier.ts';
import type { Checked } from '#library/check.server.ts';
import { correctionsOf, type Draft, readDraft, recorrected, type ShownProvision } from '#library/draft.ts';
import { draftAt, dropDraft, keepDraft, saveDraft } from '#library/drafts.server.ts';
import type { Format } from '#library/read/block.ts';
import { besideEach } from '#library/structure/beside.ts';
import { corrected, levels } from '#library/structure/correct.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { described } from '../described.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['import', 'library'] as const;

/** Provisions of one page, each with its fields: an ordinance is one page, a chapter ten. */
const PER_PAGE = 40;
/** Letters of a paragraph that are shown; the rest is in the text beside it. */
const LONGEST_SHOWN = 1_200;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const { draft, found } = await readable(params.draft, locals);
	const { reading, shown, faults } = seen(draft, found);
	const asked = await described(draft.said, found.title, locals);
	const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
	const page = pageIn(url, pages);
	const from = (page - 1) * PER_PAGE;
	const { authors, comments, hidden, revisions } = found.inside;
	const beside = besideEach(
		found.blocks.map(({ runs, label }) => [label ?? '', ...runs.map((run) => run.text)].join('')),
		found.reading.provisions.map((one) =>
			one.redline
				? one.redline.map((piece) => piece.text).join('')
				: [one.number, one.heading, one.text].filter(Boolean).join(' '),
		),
	);
	return {
		tried: url.searchParams.has('tried'),
		draft: { id: draft.id, name: draft.name, said: draft.said },
		asked: { faults: asked.faults, found: asked.found },
		reads: {
			...{ format: found.format as Format, language: found.language, title: found.title, profile: reading.profile },
			problems: reading.problems.slice(0, PER_PAGE),
			more: Math.max(0, reading.problems.length - PER_PAGE),
			inside: { authors: authors.length, comments: comments.length, hidden: hidden.length, revisions },
		},
		persons: personal(draft, found),
		wrong: [...faults.keys()].map((place) => ({ place, page: Math.floor(place / PER_PAGE) + 1 })),
		page,
		pages,
		rows: shown.slice(from, from + PER_PAGE).map((one, i) => {
			const place = from + i;
			const { text: words, state, redline } = reading.provisions[place] ?? { text: '', state: 'same', redline: null };
			return {
				...{ place, words, state, redline, fault: faults.get(place) ?? null },
				...one,
				blocks: found.blocks.flatMap(({ runs, label, role }, at) =>
					beside[at] === place
						? [
								{
									at,
									label,
									role,
									runs: shortened(
										runs.map(({ text, underline, strike, tracked }) => ({ text, underline, strike, tracked })),
									),
								},
							]
						: [],
				),
			};
		}),
	};
};

export const actions: Actions = {
	save: async ({ locals, params, request, url }) => {
		demand(locals.actor, ..._permission);
		await saved(params.draft, await request.formData(), locals);
		const page = Number(url.searchParams.get('page'));
		redirect(303, addressIn(locals.language, `/library/import/${params.draft}?tried&page=${page || 1}`));
	},
	keep: async ({ locals, params, request }) => {
		demand(locals.actor, ..._permission);
		const { actor, world, language } = locals;
		await saved(params.draft, await request.formData(), locals);
		const back = addressIn(language, `/library/import/${params.draft}?tried`);
		const { draft, found } = await readable(params.draft, locals);
		const { about } = await described(draft.said, found.title, locals);
		const open = identifiersIn(personal(draft, found), draft.said.not_a_person).some((one) => !one.said);
		if (!about || open || seen(draft, found).faults.size > 0) redirect(303, back);
		const kept = await keepDraft(draft.id, about, byline(actor.person ?? '', world), actor, world);
		if (kept.outcome === 'refused') redirect(303, back);
		redirect(303, addressIn(language, `/library/${kept.address}`));
	},
	drop: async ({ locals, params }) => {
		demand(locals.actor, ..._permission);
		await dropDraft(params.draft, locals.actor, locals.world);
		redirect(303, addressIn(locals.language, '/library/import'));
	},
};

/** What is searched for numbers of people. */
function personal({ said }: Pick<Draft, 'said'>, { reading }: Checked): string {
	return [said.title, said.number, reading.text].join('\n');
}

function pageIn(url: URL, pages: number): number {
	const asked = Number(url.searchParams.get('page'));
	return Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
}

async function readable(id: string, { actor, world }: App.Locals) {
	const { draft, found } = await draftAt(id, actor, world);
	if ('refused' in found) throw new Conflict(found.detail);
	return { draft, found };
}

/** The reading as it is corrected so far, and how its fields stand; a number or heading that does not fit shows as it was typed. */
function seen(draft: Draft, found: Checked) {
	const { reading, faults } = corrected(found.reading, correctionsOf(draft.corrections));
	const deep = levels(reading.provisions);
	const shown = reading.provisions.map((one, i): ShownProvision => {
		const typed = faults.has(i) ? draft.corrections[i] : undefined;
		return {
			level: deep[i] ?? 1,
			kind: one.kind,
			number: typed?.number ?? one.number ?? '',
			heading: typed?.heading ?? one.heading ?? '',
		};
	});
	return { reading, shown, faults };
}

/** Keeps what the form says, whatever is wrong with it. */
async function saved(id: string, form: FormData, locals: App.Locals): Promise<void> {
	const { draft, found } = await readable(id, locals);
	const said = readDraft(
		(name) => text(form, name),
		(name) => form.getAll(name).filter((value) => typeof value === 'string'),
	);
	// A choice among places is of what was typed then.
	const place_id = text(form, 'place_for') === said.place ? said.place_id : '';
	const corrections = recorrected(draft.corrections, seen(draft, found).shown, (place) =>
		form.has(`kind-${place}`)
			? {
					level: text(form, `level-${place}`),
					kind: text(form, `kind-${place}`),
					number: text(form, `number-${place}`),
					heading: text(form, `heading-${place}`),
				}
			: null,
	);
	await saveDraft(draft.id, { said: { ...said, place_id }, corrections }, locals.actor, locals.world);
}

function shortened<R extends { readonly text: string }>(runs: readonly R[]): R[] {
	let left = LONGEST_SHOWN;
	return runs.flatMap((run) => {
		if (left <= 0) return [];
		const text = run.text.length > left ? `${run.text.slice(0, left)}…` : run.text;
		left -= run.text.length;
		return [{ ...run, text }];
	});
}
