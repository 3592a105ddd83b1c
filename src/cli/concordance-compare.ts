import { basename } from 'node:path';
import { VISITOR } from '#access/actor.ts';
import { redlined } from '#concordance/redline.ts';
import { summarised } from '#concordance/summary.ts';
import { speech } from '#i18n/message.ts';
import { Invalid, NotFound } from '#kernel/error.ts';
import { check } from '#library/check.server.ts';
import { version as readVersion } from '#library/version.server.ts';
import { kept } from '#reuse/lineage.ts';
import { redlineInWords } from '#ui/redline.ts';
import type { Args, Operand, Verb } from './command.ts';
import type { Io } from './io.ts';
import { find } from './library-at.ts';
import { bytesOf, plain } from './library-import.ts';
import { redlineLines } from './redline-lines.ts';

const SIDE: Omit<Operand, 'name'> = {
	summary:
		'a file in any form that `library import` takes, or an address of the library: a policy, version or provision',
};

export const comparing: Verb = {
	name: 'compare',
	summary: 'Tell how one text became another: what changed in words, then the redline',
	detail: [
		'Provisions are aligned before words, so that what moved or has another number is compared with itself. Each side is read as `library check` shows it; of a policy its newest version is taken.',
		'On a terminal with colours what was struck is struck through and what was written is underlined; elsewhere, and with NO_COLOR, they stand in [-brackets-] and {+braces+}.',
	],
	operands: [
		{ name: 'BEFORE', ...SIDE },
		{ name: 'AFTER', summary: 'the same, for the later text' },
	],
	options: {
		format: {
			value: 'FORMAT',
			choices: ['text', 'json'],
			default: 'text',
			summary: 'text for the screen, json for programs (every step)',
		},
	},
	examples: [
		{ command: 'concordance compare draft.docx final.pdf', what: 'two files' },
		{
			command: 'concordance compare coalition/detainers our-ordinance.docx',
			what: "the coalition's model and what became of it here",
		},
		{ command: 'concordance compare draft.docx final.docx --format json > steps.json', what: 'for a program' },
	],
	run: runCompare,
};

/** A text to compare, with what to call it. */
interface Side {
	readonly name: string;
	readonly sample: boolean;
	readonly text: string;
}

async function runCompare(args: Args, io: Io): Promise<void> {
	const [one = '', other = ''] = args.operands;
	const [before, after] = [await sideAt(one, io), await sideAt(other, io)];
	const parts = redlined(before.text, after.text);
	if (parts === null)
		throw new Invalid('Both texts together are longer than 32 million characters. Compare a chapter at a time.');
	const summary = summarised(parts);
	const share = kept(before.text, after.text);
	if (args.text('format') === 'json') {
		const [from, to] = [before, after].map(({ name, sample }) => ({ name, sample }));
		await io.write(`${JSON.stringify({ before: from, after: to, kept: share, summary, parts }, null, '\t')}\n`);
		return;
	}
	const t = speech('en');
	const lines = [
		`From ${before.name}`,
		`to   ${after.name}`,
		...(before.sample || after.sample ? ['SAMPLE. An invented text of an invented place.'] : []),
		'',
		`${plain(redlineInWords(summary, t))}; ${t.percent(share)} of the words kept in order.`,
		'',
		...redlineLines(parts, io.colours),
	];
	await io.write(`${lines.join('\n')}\n`);
}

/** A file where there is one of that name, else what the library has at the address. */
async function sideAt(operand: string, io: Io): Promise<Side> {
	const bytes = await bytesOf(operand);
	if (bytes !== null) {
		const found = await check(bytes, basename(operand), null);
		if ('refused' in found) throw new Invalid(`${plain(operand)}: ${found.detail}`);
		return { name: plain(operand), sample: false, text: found.reading.text };
	}
	const world = await io.world();
	const at = await find(operand, world).catch((cause) => {
		if (!(cause instanceof NotFound)) throw cause;
		throw new NotFound(`There is no file ${operand}, and nothing at that address in the library.`);
	});
	const { work, provision } = at;
	if (provision) {
		const text = [provision.number, provision.heading, provision.text].filter(Boolean).join(' ');
		return { name: plain(operand), sample: work.sample, text };
	}
	const newest = work.versions[0];
	const whole = at.version ?? (newest ? await world.db.as(VISITOR, (tx) => readVersion(work.id, newest.id, tx)) : null);
	if (!whole) throw new NotFound('This policy has no version yet.');
	return { name: whole.address, sample: work.sample, text: whole.text };
}
