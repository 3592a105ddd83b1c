import { record } from '#access/audit.server.ts';
import { demand } from '#access/can.ts';
import { domainsSource } from '#coalition/domains.server.ts';
import { APPROVALS } from '#coalition/interest.ts';
import { inviteToSeat } from '#coalition/invitation.server.ts';
import type { MemberFact } from '#coalition/member.ts';
import { withdrawMemberFact } from '#coalition/members.server.ts';
import { caseAt } from '#coalition/pipeline.server.ts';
import { stewards } from '#coalition/seats.server.ts';
import {
	approveInterest,
	declineInterest,
	FURTHER,
	matchPlace,
	noteFurther,
	recordCall,
	takeOn,
} from '#coalition/verify.server.ts';
import { dayAt } from '#kernel/day.ts';
import { Invalid } from '#kernel/error.ts';
import { readTypedDay } from '#kernel/typed-day.ts';
import { searchPlaces } from '#watch/place.server.ts';
import { text } from '../../../sign-in/entry.server.ts';
import { did, HERE } from '../../steward.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['read', 'pipeline'] as const;

const LONGEST_Q = 100;
/** What a seat of a city can be for. */
const CITY_ROLES = ['member', 'counsel', 'observer'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission, HERE);
	const { world, actor } = locals;
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, LONGEST_Q);
	const found =
		q === '' ? [] : (await searchPlaces(q, actor.sample === true, world)).filter(({ place }) => place.kind !== 'state');
	return world.db.as(actor, async (tx) => {
		const one = await caseAt(params.id, world, tx);
		const source = await domainsSource(tx);
		const { approvals, member, ...shown } = one;
		return {
			q,
			found: found.map(({ place, state, counties }) => ({
				id: place.id,
				name: place.name,
				kind: place.kind,
				geoid: place.geoid,
				around: [...counties, state].join(', '),
			})),
			one: {
				...shown,
				approvals: approvals.map(({ name }) => name),
				facts: member?.facts.map(({ id, kind, day }) => ({ id, kind, day })) ?? [],
			},
			approved: approvals.length >= APPROVALS,
			mine: approvals.some(({ person }) => person === actor.person),
			alone: (await stewards(dayAt(world.clock.now()), tx, actor.sample)) < APPROVALS,
			invites: !actor.sample,
			further: FURTHER[member?.membership ?? 'none'] ?? [],
			roles: CITY_ROLES,
			source: source && { day: dayAt(source.at), rows: source.rows },
		};
	});
};

export const actions: Actions = {
	take: async ({ locals, params }) => {
		demand(locals.actor, 'change', 'pipeline', HERE);
		return did('take', {}, locals, (tx) => takeOn(params.id, locals.actor, locals.world, tx));
	},
	match: async ({ locals, params, request }) => {
		demand(locals.actor, 'change', 'pipeline', HERE);
		const place = text(await request.formData(), 'place');
		return did('match', {}, locals, (tx) => matchPlace(params.id, place, locals.actor, locals.world, tx));
	},
	call: async ({ locals, params, request }) => {
		demand(locals.actor, 'change', 'pipeline', HERE);
		const form = await request.formData();
		const call = { number: text(form, 'number'), site: text(form, 'site') };
		return did('call', call, locals, (tx) => recordCall(params.id, call, locals.actor, locals.world, tx));
	},
	approve: async ({ locals, params }) => {
		demand(locals.actor, 'approve', 'interest', HERE);
		return did('approve', {}, locals, (tx) => approveInterest(params.id, locals.actor, locals.world, tx));
	},
	decline: async ({ locals, params, request }) => {
		demand(locals.actor, 'approve', 'interest', HERE);
		const reason = text(await request.formData(), 'reason');
		return did('decline', { reason }, locals, (tx) =>
			declineInterest(params.id, reason, locals.actor, locals.world, tx),
		);
	},
	invite: async ({ locals, params, request }) => {
		demand(locals.actor, 'invite', 'seat', HERE);
		const form = await request.formData();
		const sent = { name: text(form, 'name'), office: text(form, 'office'), role: text(form, 'role') };
		return did('invite', sent, locals, async (tx) => {
			const one = await caseAt(params.id, locals.world, tx);
			const role = CITY_ROLES.find((known) => known === sent.role);
			if (one.approvals.length < APPROVALS || one.declined || !one.member) return 'early';
			if (!role) return 'invite';
			const governing = form.get('governing') === 'yes';
			const { email, language, member } = one;
			const invited = { ...sent, email, language, memberId: member.id, role, governing };
			try {
				await inviteToSeat(invited, locals.actor, locals.world, tx);
			} catch (error) {
				if (error instanceof Invalid) return 'invite';
				throw error;
			}
			return 'done';
		});
	},
	unfact: async ({ locals, params, request }) => {
		demand(locals.actor, 'change', 'member', HERE);
		const form = await request.formData();
		const sent = { fact: text(form, 'fact'), wrong: text(form, 'wrong') };
		return did('unfact', sent, locals, async (tx) => {
			const { member } = await caseAt(params.id, locals.world, tx);
			if (!member?.facts.some(({ id }) => id === sent.fact)) return 'kind';
			if (sent.wrong.trim() === '') return 'reason';
			const back = { memberId: member.id, factId: sent.fact, reason: sent.wrong };
			const { actor, world } = locals;
			await withdrawMemberFact(back, actor.person ?? actor.role, world, tx);
			await record({ actor, action: 'fact_withdrawn', subject: `member:${member.id}`, owner: null }, world, tx);
			return 'done';
		});
	},
	fact: async ({ locals, params, request }) => {
		demand(locals.actor, 'change', 'member', HERE);
		const form = await request.formData();
		const sent = { kind: text(form, 'kind'), day: text(form, 'day') };
		const day = readTypedDay(sent.day, locals.language);
		return did('fact', sent, locals, async (tx) => {
			if (day === null) return 'day';
			const fact = { kind: sent.kind as MemberFact, day };
			return noteFurther(params.id, fact, locals.actor, locals.world, tx);
		});
	},
};
