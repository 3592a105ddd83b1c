import { expect, test } from 'vitest';
import { OPERATOR, type Role, SYSTEM, VISITOR } from '#access/actor.ts';
import { type Action, can, demand, type Resource } from '#access/can.ts';
import { Forbidden } from '#kernel/error.ts';

const ACTORS = { visitor: VISITOR, operator: OPERATOR, system: SYSTEM } satisfies Record<Role, unknown>;
const ACTIONS: readonly Action[] = ['read', 'import', 'overrule', 'report'];
const RESOURCES: readonly Resource[] = ['page', 'watch', 'watch_original', 'library', 'law', 'health'];

/** By hand: a letter for each role that may (visitor, operator, system). */
const EXPECTED: Readonly<Record<string, string>> = {
	'read page': 'vos',
	'read watch': 'vos',
	'read health': 'vos',
	'read library': 'vos',
	'read law': 'vos',
	'read watch_original': 'os',
	'import watch': 'os',
	'import library': 'os',
	'overrule watch': 'os',
	'report watch': 'vos',
};

test('every role may do exactly what the table by hand says', () => {
	for (const action of ACTIONS) {
		for (const resource of RESOURCES) {
			for (const [role, actor] of Object.entries(ACTORS)) {
				const may = (EXPECTED[`${action} ${resource}`] ?? '').includes(role.charAt(0));
				expect([role, action, resource, can(actor, action, resource)]).toEqual([role, action, resource, may]);
				if (may) demand(actor, action, resource);
				else expect(() => demand(actor, action, resource)).toThrow(Forbidden);
			}
		}
	}
});
