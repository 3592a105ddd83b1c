import { expect } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { DEEDS } from '#adoption/program/deeds.server.ts';
import { LOOKS, lookAt } from '#adoption/program/looks.server.ts';
import type { DataRecord } from '#kernel/field.ts';
import type { World } from '#platform/world.ts';

/** What a program does with drafts, and looks at, by name; what comes of a deed has the fields that its table names. */
export function doing(world: World) {
	return {
		async done(name: string, sent: object, actor: Actor, draft: string): Promise<DataRecord> {
			const deed = DEEDS.find((one) => one.name === name);
			if (!deed) throw new Error(`There is no ${name}.`);
			const made = await deed.run(draft, sent, actor, world);
			expect(Object.keys(made).toSorted()).toEqual(Object.keys(deed.gives).toSorted());
			return made;
		},
		async look(name: string, actor: Actor, draft: string): Promise<readonly DataRecord[]> {
			const found = LOOKS.find((one) => one.name === name);
			if (!found) throw new Error(`There is no ${name}.`);
			return (await lookAt(draft, found, actor, world)).records;
		},
	};
}
