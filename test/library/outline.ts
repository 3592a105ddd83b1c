import type { Provision, Reading } from '#library/provision.ts';
import type { Structured } from '#library/structure/structure.ts';

/**
 * A tree as a person reads it in a diff: a line each provision, `kind eId | number | heading | words`, indented by its depth.
 * `+` added, `-` removed, `~` changed, with the redline under it: `{+added+}`, `[-removed-]`.
 */
export function outline(made: Structured): string {
	const depths: number[] = [];
	const lines = made.provisions.flatMap((at, index) => {
		const depth = at.parent === null ? 0 : (depths[at.parent] ?? 0) + 1;
		depths[index] = depth;
		const indent = '  '.repeat(depth);
		const sign = { same: '', added: '+ ', removed: '- ', changed: '~ ' }[at.state];
		const line = `${indent}${sign}${at.kind} ${at.eId.split('__').at(-1)} | ${parts(at)}`;
		return at.state === 'changed' ? [line, `${indent}    ${redlined(at)}`] : [line];
	});
	const amendments = made.amendments.map(
		({ by, action, target, quoted }) => `amends: ${by} ${action} ${target}${quoted === null ? '' : ` (${quoted})`}`,
	);
	const problems = made.problems.map(
		({ code, block, detail }) => `problem: ${code}${block === null ? '' : ` at ${block}`}: ${detail}`,
	);
	const head = [`title: ${made.title ?? 'None'}`, `profile: ${made.profile ?? 'None'}`];
	return `${[...head, ...lines, ...amendments, ...problems].join('\n')}\n`;
}

function parts({ number, heading, text }: Reading): string {
	return [number ?? '', heading ?? '', text.replaceAll('\n', '⏎').replaceAll('\t', '⇥')].join(' | ');
}

function redlined(at: Provision): string {
	return (at.redline ?? [])
		.map(({ op, text }) => (op === 'same' ? text : op === 'added' ? `{+${text}+}` : `[-${text}-]`))
		.join('');
}

/** A text as it reads at one moment: number, heading and words of each provision that stood then, a line each. */
export function readsAs(made: Structured, moment: 'before' | 'after'): string {
	const lines = made.provisions.flatMap((at) => {
		if (moment === 'after') return at.state === 'removed' ? [] : [at as Reading];
		return at.state === 'added' ? [] : [at.before ?? at];
	});
	return `${lines
		.map(({ number, heading, text }) => [number, heading, text].filter(Boolean).join(' '))
		.filter((line) => line !== '')
		.join('\n')}\n`;
}
