import { expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { type Action, can, demand, PERMISSIONS, type Resource } from '#access/can.ts';
import { Forbidden } from '#kernel/error.ts';
import type { Room } from '#platform/room.ts';

const HERE = 'ocd-division/country:us/state:zz/place:here';
const THERE = 'ocd-division/country:us/state:zz/place:there';

/** A letter for each role; those of a city act for HERE, its counsel in the matter 1. */
const ACTORS = {
	v: { role: 'visitor', city: null },
	o: { role: 'operator', city: null },
	s: { role: 'system', city: null },
	x: { role: 'access', city: null },
	t: { role: 'steward', city: null },
	e: { role: 'editor', city: null },
	m: { role: 'member', city: HERE },
	c: { role: 'counsel', city: HERE, counsel: true, matters: ['matter:1'] },
	b: { role: 'observer', city: HERE },
	a: { role: 'advocate', city: null },
} as const satisfies Readonly<Record<string, Actor>>;
const EVERYBODY = 'vostemcba';

/** By hand: who may, by room; what is not here nobody may. Rooms of a city are those of HERE, joint is the matter 1. */
const EXPECTED: Readonly<Record<string, Partial<Readonly<Record<Room | 'coalition', string>>>>> = {
	'read page': { public: EVERYBODY },
	'read watch': { public: EVERYBODY },
	'read library': { public: EVERYBODY },
	'read law': { public: EVERYBODY },
	'read health': { public: EVERYBODY },
	'read sign_in': { public: EVERYBODY },
	'change sign_in': { public: EVERYBODY },
	'read interest': { public: EVERYBODY },
	'add interest': { public: EVERYBODY },
	'read alert': { public: EVERYBODY },
	'add alert': { public: EVERYBODY },
	'change alert': { public: EVERYBODY },
	'report watch': { public: EVERYBODY },
	'read watch_original': { public: 'oste' },
	'import watch': { public: 'oste' },
	'overrule watch': { public: 'oste' },
	'import library': { public: 'oste', city: 'mc' },
	'confirm library': { public: 'otec' },
	'read account': { public: 'temcba' },
	'change account': { public: 'temcba' },
	'read directory': { members: 'ostemcb' },
	'read member': { members: 'ostemcb' },
	'read seat': { members: 'ostemcb' },
	'contact seat': { members: 'temcb' },
	'read city': { city: 'mcb', counsel: 'c', joint: 'c' },
	'change city': { city: 'mc', counsel: 'c', joint: 'c' },
	'read draft': { city: 'mcb', counsel: 'c' },
	'change draft': { city: 'mc', counsel: 'c' },
	'approve draft': { city: 'c' },
	'change seat': { city: 'mc' },
	'publish member': { city: 'mc' },
	'read audit': { city: 'mcb', counsel: 'c', joint: 'c', coalition: 'ot' },
	'read pipeline': { coalition: 'ot' },
	'change pipeline': { coalition: 't' },
	'change member': { coalition: 't' },
	'approve interest': { coalition: 't' },
	'invite seat': { coalition: 'ot' },
};

const WHERE = {
	public: { room: 'public', owner: null },
	members: { room: 'members', owner: THERE },
	city: { room: 'city', owner: HERE },
	counsel: { room: 'counsel', owner: HERE },
	joint: { room: 'joint', owner: 'matter:1' },
	coalition: { room: 'city', owner: null },
} as const;
const ELSEWHERE = [
	{ room: 'city', owner: THERE },
	{ room: 'counsel', owner: THERE },
	{ room: 'counsel', owner: null },
	{ room: 'joint', owner: 'matter:2' },
	{ room: 'joint', owner: null },
] as const;
const ACTIONS: readonly Action[] = [...new Set(PERMISSIONS.map(({ action }) => action))];
const RESOURCES: readonly Resource[] = [...new Set(PERMISSIONS.map(({ resource }) => resource))];

test('every role may do exactly what the table by hand says, and nothing in a room that is not theirs', () => {
	for (const action of ACTIONS)
		for (const resource of RESOURCES)
			for (const [letter, actor] of Object.entries(ACTORS)) {
				for (const [name, where] of Object.entries(WHERE)) {
					const may = (EXPECTED[`${action} ${resource}`]?.[name as keyof typeof WHERE] ?? '').includes(letter);
					expect([letter, action, resource, name, can(actor, action, resource, where)]).toEqual([
						letter,
						action,
						resource,
						name,
						may,
					]);
					if (may) demand(actor, action, resource, where);
					else expect(() => demand(actor, action, resource, where)).toThrow(Forbidden);
				}
				for (const where of ELSEWHERE) expect(can(actor, action, resource, where)).toBe(false);
			}
});

test('whoever’s city is no member may what a member may, and nothing in the room of the members', () => {
	const guest: Actor = { ...ACTORS.m, outside: true };
	for (const action of ACTIONS)
		for (const resource of RESOURCES)
			for (const [name, where] of Object.entries(WHERE)) {
				const may = name !== 'members' && can(ACTORS.m, action, resource, where);
				expect([action, resource, name, can(guest, action, resource, where)]).toEqual([action, resource, name, may]);
			}
});

test('a key lets a program read what anybody may, and drafts or changes of them, and nothing else that its person may', () => {
	for (const actor of Object.values(ACTORS) as Actor[])
		for (const action of ACTIONS)
			for (const resource of RESOURCES)
				for (const [name, where] of [
					...Object.entries(WHERE),
					...ELSEWHERE.map((one) => ['elsewhere', one] as const),
				]) {
					const person = can(actor, action, resource, where);
					const read = action === 'read' && (resource === 'draft' || can(ACTORS.v, action, resource));
					const change = action === 'change' && resource === 'draft';
					const may = (program: 'read' | 'change') => can({ ...actor, program }, action, resource, where);
					expect([actor.role, action, resource, name, may('read')]).toEqual([
						...[actor.role, action, resource, name, person && read],
					]);
					expect([actor.role, action, resource, name, may('change')]).toEqual([
						...[actor.role, action, resource, name, person && (read || change)],
					]);
				}
	expect(can({ ...ACTORS.c, program: 'change' }, 'approve', 'draft', WHERE.city)).toBe(false);
	expect(can({ ...ACTORS.m, program: 'change' }, 'change', 'account')).toBe(false);
});

test('the table by hand names everything that anybody may', () => {
	const named = new Set(PERMISSIONS.map(({ action, resource }) => `${action} ${resource}`));
	expect(Object.keys(EXPECTED).toSorted()).toEqual([...named].toSorted());
});
