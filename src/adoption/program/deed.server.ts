import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { type Parts, readBody, type Sent } from '#kernel/body.ts';
import type { DataRecord, Schema } from '#kernel/field.ts';
import type { Tx, World } from '#platform/world.ts';

export type Writing = Pick<World, 'db' | 'clock' | 'random' | 'queue' | 'keys'>;

/** Something that a program does with a draft: the same that a form of its page does. */
export interface Deed {
	readonly name: string;
	/** What it does, for the document. */
	readonly what: string;
	readonly takes: Parts;
	/** Schemas of what comes back, by name. */
	readonly gives: Readonly<Record<string, Schema>>;
	/**
	 * Reads what was sent and does it. Throws `Invalid` for what it does not take, `Forbidden` where the actor may not change the
	 * draft, `NotFound` where their city has no such draft, and `Conflict` where others stand against it: a `Clash` has all
	 * readings.
	 */
	run(id: string, sent: unknown, actor: Actor, world: Writing): Promise<DataRecord>;
}

interface Definition<P extends Parts> extends Omit<Deed, 'run' | 'takes'> {
	readonly takes: P;
	/** `tx` acts for the actor; what throws leaves nothing behind. */
	run(id: string, sent: Sent<P>, actor: Actor, world: Writing, tx: Tx): Promise<DataRecord>;
}

/** A deed that is done in one transaction. */
export function deed<P extends Parts>({ run, ...rest }: Definition<P>): Deed {
	return {
		...rest,
		async run(id, sent, actor, world) {
			demand(actor, 'change', 'draft', ownCity(actor));
			const said = readBody(sent, rest.takes);
			return world.db.as(actor, (tx) => run(id, said, actor, world, tx));
		},
	};
}
