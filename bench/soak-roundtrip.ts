import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exported } from '#adoption/out/export.ts';
import type { Outgoing } from '#adoption/out/outgoing.ts';
import { copied, edited } from '../test/adoption/edits.ts';
import { leaving } from '../test/adoption/leaving.ts';
import { SHELVED } from '../test/adoption/models.ts';
import { findOffice, throughOffice } from '../test/adoption/office.ts';
import { expected, withoutEnd } from '../test/adoption/paragraphs.ts';
import { diceOf } from '../test/library/mutant.ts';

/** Files that one run of LibreOffice gets. */
const AT_ONCE = 100;
/** Edits of the longest sequence. */
const MOST_EDITS = 40;
/** Failures that are told. */
const TOLD = 20;

/**
 * Sends every text of the shelf, models and adopted policies, through sequences of random edits, writes each draft as a Word file with tracked changes, and
 * lets LibreOffice accept all and reject all: its paragraphs must be those of the draft, and those of what was copied.
 * `--sequences 50` on each, `--seed 1`, `--keep FOLDER` for the files that failed.
 */
export async function main(args: string[]): Promise<number> {
	const { values } = parseArgs({
		args,
		options: {
			sequences: { type: 'string', default: '50' },
			seed: { type: 'string', default: '1' },
			keep: { type: 'string' },
		},
	});
	const office = findOffice();
	if (office === null) {
		console.log('LibreOffice is not installed: there is no soffice in PATH.');
		return 1;
	}
	const [sequences, seed] = [Number(values.sequences), Number(values.seed)];
	const outs = SHELVED.flatMap((text, nth) =>
		Array.from({ length: sequences }, (_, at) => {
			const dice = diceOf(seed + nth * sequences + at);
			return leaving(text, edited(copied(text.provisions), 1 + dice(MOST_EDITS), dice));
		}),
	);
	console.log(`soak:roundtrip  ${SHELVED.length} texts, ${sequences} sequences of edits on each, --seed ${seed}`);
	const wrong: string[] = [];
	let lines = 0;
	for (let from = 0; from < outs.length; from += AT_ONCE) {
		const some = outs.slice(from, from + AT_ONCE);
		const files = some.map((out) => exported(out, { form: 'docx', what: 'marked', profile: 'tracked' }).bytes);
		const read = await throughOffice(office, [
			...files.map((bytes) => ({ bytes, deed: 'accept' as const })),
			...files.map((bytes) => ({ bytes, deed: 'reject' as const })),
		]);
		some.forEach((out, at) => {
			const faults = [
				difference('accepted', expected(out, 'draft'), read[at] ?? []),
				difference('rejected', expected(out, 'base'), read[some.length + at] ?? []),
			].filter((fault) => fault !== null);
			lines += (read[at]?.length ?? 0) + (read[some.length + at]?.length ?? 0);
			wrong.push(...faults.map((fault) => `${name(out)} ${from + at}: ${fault}`));
			if (faults.length > 0 && values.keep)
				writeFileSync(join(values.keep, `${from + at}.docx`), files[at] as Uint8Array);
		});
		console.log(`${from + some.length} of ${outs.length} drafts, ${wrong.length} wrong`);
	}
	for (const fault of wrong.slice(0, TOLD)) console.log(`WRONG  ${fault}`);
	console.log(`${outs.length} drafts, ${lines} paragraphs of both readings compared: ${wrong.length} wrong`);
	return wrong.length === 0 ? 0 : 1;
}

function name({ sources }: Outgoing): string {
	return sources[0]?.title ?? '';
}

/** The first paragraph that differs; null where none does. */
function difference(deed: string, wanted: readonly string[], read: readonly string[]): string | null {
	const found = withoutEnd(read);
	for (let at = 0; at < Math.max(wanted.length, found.length); at++) {
		if (wanted[at] === found[at]) continue;
		return `${deed}, paragraph ${at}\n    wanted ${JSON.stringify(wanted[at])}\n    is     ${JSON.stringify(found[at])}`;
	}
	return null;
}
