import { FIRST_RULES } from '#adoption/way/rule.ts';
import { canaryOf, type Ground, MARKUP, type Planting } from './canaries.ts';

/** A draft of the city there. */
export const DRAFTED = '00000000-0000-4000-8000-0000000adf70';
/** Comments on it: one that its city reads, one of its counsel's room. */
export const REMARKED = '00000000-0000-4000-8000-0000000c0331';
const PRIVILEGED = '00000000-0000-4000-8000-0000000c0332';
const THERE = 'MC';
const NOBODY = '';
const COUNSEL_THERE = 'C';

/** A file that came back for it. */
const SENT_BACK = '00000000-0000-4000-8000-0000000adf71';

/** A draft of the city there with a canary wherever it holds words: one provision, changed once, one stage, and the rules of the city. */
export function drafted({ there, member }: Pick<Ground, 'there' | 'member'>): Planting[] {
	const now = new Date();
	const of = { draft_id: DRAFTED, owner_city: there };
	const edit = { ...of, provision_id: 'p1', at: now };
	const wording = { ...of, provision_id: 'p1', kind: 'section' };
	const remark = { ...of, nth: 1, provision_id: 'p1', seq: 2, at: now };
	const attorney = { ...member, role: 'counsel', counsel: true } as const;
	return [
		{
			...{ table: 'adoption_draft', as: member, canaries: { title: THERE } },
			rest: { id: DRAFTED, owner_city: there, instrument: 'ordinance', language: 'en', seq: 2, begun_at: now },
		},
		{
			...{ table: 'adoption_edit', as: member, canaries: {} },
			rest: { ...edit, seq: 1, act: 'copied', outline: JSON.stringify([['p1', 0]]) },
		},
		{
			...{ table: 'adoption_edit', as: member, canaries: { former_title: THERE, dangling: THERE, names_kept: THERE } },
			rest: { ...edit, seq: 2, act: 'worded', dangling: hanging(), names_kept: named() },
		},
		{
			...{ table: 'adoption_wording', as: member, canaries: {} },
			rest: { ...wording, seq: 1, number: 'Section 1.', text: 'Words.' },
		},
		{
			...{ table: 'adoption_wording', as: member, canaries: { number: THERE, heading: THERE, text: THERE } },
			rest: { ...wording, seq: 2 },
		},
		{
			...{ table: 'adoption_answer', as: member, canaries: { answer: THERE } },
			rest: { ...of, blank: 'city', seq: 2 },
		},
		{
			...{ table: 'adoption_stage', as: member },
			canaries: { name: THERE, who: THERE, note: THERE, person: NOBODY },
			rest: { ...of, stage: 'counsel', nth: 1, position: 200, due: '2026-12-01', needed: true, at: now },
		},
		{
			...{ table: 'adoption_rule', as: member, canaries: { rules: THERE, closures: THERE, person: NOBODY } },
			rest: { owner_city: there, nth: 1, at: now, ...ruled() },
		},
		{
			...{ table: 'adoption_upload', as: member, canaries: { name: THERE, unplaced: THERE, problems: THERE } },
			rest: {
				...{ ...of, id: SENT_BACK, blob_id: SENT_BACK, seq: 2, at: now },
				unplaced: JSON.stringify([
					{ why: 'note', op: 'same', text: canaryOf('adoption_upload', 'unplaced') + MARKUP, author: null, day: null },
				]),
				problems: JSON.stringify([{ code: 'margin_text', detail: canaryOf('adoption_upload', 'problems') + MARKUP }]),
			},
		},
		{
			...{ table: 'adoption_suggestion', as: member },
			canaries: { basis: THERE, before: THERE, after: THERE, author: THERE },
			rest: {
				...{ ...of, upload_id: SENT_BACK, nth: 1, kind: 'words', provision_id: 'p1', part: 'text' },
				...{ starts: 1_000, tracked: true },
			},
		},
		{
			...{ table: 'adoption_comment', as: member, canaries: { quote: THERE, instead: THERE } },
			rest: { ...remark, id: REMARKED, start_at: 0, end_at: 5, text: 'Why?' },
		},
		{
			...{ table: 'adoption_comment', as: attorney, canaries: { text: COUNSEL_THERE } },
			rest: { ...remark, id: PRIVILEGED, room: 'counsel' },
		},
		{
			...{ table: 'adoption_template', as: member, canaries: { name: THERE } },
			rest: { owner_city: there, nth: 1, blob_id: SENT_BACK, at: now },
		},
		{ ...{ table: 'adoption_template', as: member, canaries: {} }, rest: { owner_city: there, nth: 2, at: now } },
		{
			...{ table: 'adoption_packet', as: member },
			canaries: { title: THERE, number: THERE, sponsor: THERE, summary: THERE, fiscal: THERE },
			rest: { ...of, nth: 1, look: 'chicago', parts: 'text', at: now },
		},
		{
			...{ table: 'adoption_certified', as: member, canaries: { name: THERE } },
			rest: {
				...{ ...of, nth: 1, blob_id: SENT_BACK, sha256: 'a'.repeat(64), size: 1, kind: 'pdf', at: now },
			},
		},
		{
			...{ table: 'adoption_certified_act', as: member, canaries: { reason: THERE } },
			rest: { ...of, nth: 1, act: 'withdrawn', at: now },
		},
		{
			...{ table: 'adoption_quorum_allowed', as: member, canaries: { reason: THERE } },
			rest: { ...of, seat: member.seat, at: now },
		},
	];
}

/** A reference that means nothing any more, with a canary in its words. */
function hanging(): string {
	const words = canaryOf('adoption_edit', 'dangling') + MARKUP;
	return JSON.stringify([{ in: 'p1', words, around: words }]);
}

/** A name that stays, with a canary in the words around it. */
function named(): string {
	const words = canaryOf('adoption_edit', 'names_kept') + MARKUP;
	return JSON.stringify([{ in: 'p1', before: words, words }]);
}

/** Rules as the page can show them, with a canary where a city writes words. */
function ruled() {
	const { rules, closures } = FIRST_RULES;
	const words = (column: string) => canaryOf('adoption_rule', column) + MARKUP;
	return {
		rules: JSON.stringify(rules.map((rule) => ({ ...rule, source: words('rules') }))),
		closures: JSON.stringify({ ...closures, own: [{ day: '2026-12-28', name: words('closures') }] }),
	};
}
