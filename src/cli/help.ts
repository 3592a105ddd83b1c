import { type Command, isNoun, type Noun, type Option, type Verb } from './command.ts';
import { EXIT_CODES } from './exit.ts';
import type { Asked } from './parse.ts';

/** The help for what was asked: everything, a noun, or one verb. */
export function help(asked: Extract<Asked, { kind: 'help' }>, commands: readonly Command[]): string {
	if (asked.verb) return verbHelp(asked.verb, asked.noun);
	return asked.noun ? nounHelp(asked.noun) : topHelp(commands);
}

function topHelp(commands: readonly Command[]): string {
	const verbs = commands.flatMap((command) =>
		isNoun(command)
			? command.verbs.map((verb) => [`${command.name} ${verb.name}`, verb.summary] as const)
			: [[command.name, command.summary] as const],
	);
	const examples = commands
		.flatMap((command) => (isNoun(command) ? command.verbs : [command]))
		.flatMap((verb) => verb.examples.slice(0, 1));
	return sections([
		'City Compact: every listed 287(g) agreement as dated, sourced events.',
		'Usage: npx citycompact COMMAND [OPTIONS]',
		block('Commands', list(verbs)),
		block('For example', list(examples.slice(0, 6).map(({ command, what }) => [`npx citycompact ${command}`, what]))),
		block('Everywhere', list([['--help', 'explains a command, with examples: npx citycompact watch events --help']])),
		'Results go to standard output, everything else to standard error. All commands work while the server runs.',
	]);
}

function nounHelp(noun: Noun): string {
	return sections([
		`${noun.summary}.`,
		...(noun.detail ?? []).map((text) => wrap(text)),
		`Usage: npx citycompact ${noun.name} VERB [OPTIONS]`,
		block('Verbs', list(noun.verbs.map((verb) => [verb.name, verb.summary]))),
		block('For example', examples(noun.verbs.flatMap((verb) => verb.examples.slice(0, 1)))),
		`More about one: npx citycompact ${noun.name} ${noun.verbs[0]?.name ?? 'VERB'} --help`,
	]);
}

function verbHelp(verb: Verb, noun: Noun | null): string {
	const options = Object.entries(verb.options ?? {});
	return sections([
		`${verb.summary}.`,
		...(verb.detail ?? []).map((text) => wrap(text)),
		`Usage: npx citycompact ${usage(verb, noun)}`,
		verb.operands?.length ? block('What to give', list(verb.operands.map((o) => [o.name, o.summary]))) : '',
		options.length > 0
			? block('Options', list(options.map(([name, option]) => [flag(name, option), meaning(option)])))
			: '',
		block('For example', examples(verb.examples)),
		block(
			'Exit codes',
			list(EXIT_CODES.filter(({ code }) => code < 8).map(({ code, meaning }) => [String(code), meaning])),
		),
	]);
}

/** `watch import PATH... [--option VALUE]`, as shown in help and in docs/cli.md. */
export function usage(verb: Verb, noun: Noun | null): string {
	const operands = (verb.operands ?? []).map((operand) => {
		const name = operand.many ? `${operand.name}...` : operand.name;
		return operand.optional ? `[${name}]` : name;
	});
	const options = Object.keys(verb.options ?? {}).length > 0 ? ['[OPTIONS]'] : [];
	return [...(noun ? [noun.name] : []), verb.name, ...operands, ...options].join(' ');
}

/** `-o, --option VALUE`. */
export function flag(name: string, option: Option): string {
	const long = option.value === undefined ? `--${name}` : `--${name} ${option.value}`;
	return option.short === undefined ? long : `-${option.short}, ${long}`;
}

/** What an option does, its choices and its default, in one line. */
export function meaning(option: Option): string {
	const more = [
		...(option.choices ? [`one of ${option.choices.join(', ')}`] : []),
		...(option.default === undefined ? [] : [`${option.default} unless given`]),
		...(option.many ? ['may be given more than once'] : []),
	];
	return more.length > 0 ? `${option.summary} (${more.join('; ')})` : option.summary;
}

function examples(entries: Verb['examples']): string[] {
	return entries.flatMap(({ command, what }) => [`# ${what}`, `npx citycompact ${command}`]);
}

function sections(parts: readonly string[]): string {
	return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function block(title: string, lines: readonly string[]): string {
	return lines.length === 0 ? '' : [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** Two columns; the second is wrapped and keeps its indent. */
function list(entries: readonly (readonly [string, string])[]): string[] {
	const left = Math.min(36, Math.max(0, ...entries.map(([name]) => name.length)));
	return entries.flatMap(([name, text]) => {
		const [first = '', ...more] = wrap(text, 96 - left).split('\n');
		const rest = more.map((line) => ' '.repeat(left + 2) + line);
		if (name.length > left) return [name, ' '.repeat(left + 2) + first, ...rest];
		return [`${name.padEnd(left)}  ${first}`, ...rest];
	});
}

function wrap(text: string, width = 96): string {
	const room = Math.max(30, width);
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && line.length + 1 + word.length > room) {
			lines.push(line);
			line = word;
		} else line = line === '' ? word : `${line} ${word}`;
	}
	return [...lines, line].join('\n');
}
