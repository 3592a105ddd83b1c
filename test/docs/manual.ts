import { type Command, isNoun, type Noun, type Verb } from '#cli/command.ts';
import { EXIT_CODES } from '#cli/exit.ts';
import { flag, meaning, usage } from '#cli/help.ts';

/** The text of docs/cli.md, made from the table that the parser and the help use. */
export function manual(commands: readonly Command[]): string {
	return `${[
		'# The command line',
		'Made from the table of commands by `npm run golden -- --update`; do not edit it by hand.',
		'`npx citycompact` works inside the folder of City Compact, also while the server runs. Results go to standard output, everything else to standard error; a progress bar shows on a terminal for whatever takes more than a second. `--help` explains each command.',
		...commands.map((command) => (isNoun(command) ? noun(command) : verb(command, null, '##'))),
		'## Exit codes',
		table(
			['code', 'error', 'meaning'],
			EXIT_CODES.map(({ code, error, meaning }) => [String(code), error ?? '', meaning]),
		),
	].join('\n\n')}\n`;
}

function noun(command: Noun): string {
	const verbs = command.verbs.map((entry) => verb(entry, command, '###'));
	return [`## ${command.name}`, `${command.summary}.`, ...(command.detail ?? []), ...verbs].join('\n\n');
}

function verb(entry: Verb, of: Noun | null, level: string): string {
	const options = Object.entries(entry.options ?? {});
	return [
		`${level} ${of ? `${of.name} ` : ''}${entry.name}`,
		`${entry.summary}.`,
		...(entry.detail ?? []),
		fenced([`npx citycompact ${usage(entry, of)}`]),
		...(entry.operands?.length
			? [
					table(
						['what to give', ''],
						entry.operands.map((o) => [`\`${o.name}\``, o.summary]),
					),
				]
			: []),
		...(options.length
			? [
					table(
						['option', ''],
						options.map(([name, o]) => [`\`${flag(name, o)}\``, meaning(o)]),
					),
				]
			: []),
		fenced(entry.examples.flatMap(({ command, what }) => [`# ${what}`, `npx citycompact ${command}`])),
	].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

function fenced(lines: readonly string[]): string {
	return ['```sh', ...lines, '```'].join('\n');
}
