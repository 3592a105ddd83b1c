import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { stateOf } from '#adoption/state.server.ts';
import { piecesOf } from '#adoption/write/piece.ts';
import type { OpenWorld } from '#platform/world.server.ts';
import { diceOf } from '../test/library/mutant.ts';
import { write } from '../test/pages/two-writers.ts';
import { chapter, clerk } from './adoption/editing.ts';
import { openQuietly } from './soak-kill-world.ts';
import { colleagues, writersIn } from './writers.ts';

/** Failures that are told. */
const TOLD = 20;
/** Letters of a provision that are shown. */
const SHOWN = 300;

/**
 * Two people in two real browsers write at random in one draft of 301 provisions for `--seconds N` (300), with three cut lines
 * (`--cuts`), `--seed N`: type words of their own, delete, split, join and move. 0 when both and the draft read alike in the
 * end, and every word that nobody deleted stands there, or beside its text in an open question.
 */
export async function main(args: string[]): Promise<number> {
	const { values } = parseArgs({
		args,
		options: {
			seconds: { type: 'string', default: '300' },
			cuts: { type: 'string', default: '3' },
			seed: { type: 'string', default: '1' },
		},
	});
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-editors-'));
	// The database's own user must be able to pass through.
	chmodSync(folder, 0o711);
	const world = await openQuietly(folder);
	try {
		const { city } = await clerk(world);
		const [one, other] = await colleagues(city ?? '', world);
		const id = await chapter('an-edited-chapter', one.actor, world);
		const writers = await writersIn(folder);
		try {
			const pages = [await writers.open(id, one), await writers.open(id, other)] as const;
			console.log(`soak:editors  ${values.seconds} s, ${values.cuts} cut lines, --seed ${values.seed}`);
			const found = await write(pages, {
				...{ seconds: Number(values.seconds), cuts: Number(values.cuts), dice: diceOf(Number(values.seed)) },
				text: () =>
					world.db.as(one.actor, async (tx) =>
						piecesOf(await stateOf(id, one.actor, tx)).map(({ words }) => words.trim()),
					),
			});
			const { lost, doubled, apart, ...counts } = found;
			console.log(
				Object.entries(counts)
					.map(([name, n]) => `${name} ${n}`)
					.join(', '),
			);
			for (const [what, list] of Object.entries({ lost, doubled, apart }))
				for (const entry of list.slice(0, TOLD)) console.log(`${what.toUpperCase()}  ${entry}`);
			for (const word of [...lost, ...doubled].slice(0, TOLD)) console.log(await trail(id, word, one.actor, world));
			console.log(`${lost.length} words lost, ${doubled.length} doubled, ${apart.length} readings apart`);
			return lost.length + doubled.length + apart.length === 0 ? 0 : 1;
		} finally {
			await writers.stop();
		}
	} finally {
		await world.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** What became of a word in the draft: each edit of the provisions that ever had it, who made it, and whether it had the word then. */
async function trail(id: string, word: string, actor: Actor, { db }: OpenWorld): Promise<string> {
	const { rows } = await db.as(actor, (tx) =>
		sql<{ seq: number; act: string; who: string; provision: string; text: string }>`
			select w.seq, e.act, left(e.person::text, 4) as who, left(w.provision_id, 5) as provision, w.text
			from adoption_wording w join adoption_edit e on e.draft_id = w.draft_id and e.seq = w.seq
			where w.draft_id = ${id} and w.provision_id in (select x.provision_id from adoption_wording x
				where x.draft_id = w.draft_id and strpos(x.text, ${word}) > 0)
			order by w.seq`.execute(tx),
	);
	const lines = rows.map(
		({ seq, act, who, provision, text }) =>
			`  ${seq} ${who} ${act} ${provision}${text.includes(word) ? ' has it' : ''}: ${text.slice(0, SHOWN)}`,
	);
	return [word, ...lines].join('\n');
}
