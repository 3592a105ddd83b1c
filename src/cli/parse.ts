import { parseArgs } from 'node:util';
import { type Args, type Command, isNoun, type Noun, type Option, Usage, type Verb } from './command.ts';
import { nearest } from './suggest.ts';

/** What the command line asks for. */
export type Asked =
	| { readonly kind: 'run'; readonly path: string; readonly verb: Verb; readonly args: Args }
	| { readonly kind: 'help'; readonly noun: Noun | null; readonly verb: Verb | null };

/** Reads a command line against the table. Throws `Usage` with a sentence and, where one is near, a suggestion. */
export function parse(argv: readonly string[], commands: readonly Command[]): Asked {
	const [first, ...rest] = argv;
	if (first === undefined || isHelp(first)) return parseHelp(rest, commands);
	const command = find(first, commands, 'citycompact');
	if (!isNoun(command)) return parseVerb(command, command.name, null, rest);
	const [second, ...tail] = rest;
	if (second === undefined || isHelp(second)) return { kind: 'help', noun: command, verb: null };
	const verb = find(second, command.verbs, `citycompact ${command.name}`);
	return parseVerb(verb, `${command.name} ${verb.name}`, command, tail);
}

function isHelp(word: string): boolean {
	return word === '--help' || word === '-h' || word === 'help';
}

/** `citycompact help watch events` asks the same as `citycompact watch events --help`. */
function parseHelp(words: readonly string[], commands: readonly Command[]): Asked {
	const [first, second] = words.filter((word) => !isHelp(word));
	if (first === undefined) return { kind: 'help', noun: null, verb: null };
	const command = find(first, commands, 'citycompact');
	if (!isNoun(command)) return { kind: 'help', noun: null, verb: command };
	const verb = second === undefined ? null : find(second, command.verbs, `citycompact ${command.name}`);
	return { kind: 'help', noun: command, verb };
}

function find<T extends Command>(word: string, commands: readonly T[], before: string): T {
	const found = commands.find((command) => command.name === word);
	if (found) return found;
	const names = commands.map((command) => command.name);
	const near = nearest(word, names);
	const what = word.startsWith('-') ? 'option' : 'command';
	const remedy = near ? `Did you mean \`${before} ${near}\`?` : `There is: ${names.join(', ')}.`;
	throw new Usage(`There is no ${what} \`${word}\` in \`${before}\`. ${remedy}`);
}

function parseVerb(verb: Verb, path: string, noun: Noun | null, argv: readonly string[]): Asked {
	const options = verb.options ?? {};
	const before = argv.indexOf('--') < 0 ? argv : argv.slice(0, argv.indexOf('--'));
	if (before.some((word) => word === '--help' || word === '-h')) return { kind: 'help', noun, verb };
	const { tokens, positionals } = parseArgs({
		args: [...argv],
		options: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, shape(option)])),
		strict: false,
		allowPositionals: true,
		tokens: true,
	});
	const given = new Map<string, string[]>();
	for (const token of tokens) {
		if (token.kind !== 'option') continue;
		const value = check(token.name, token.rawName, token.value, options, path);
		const values = given.get(token.name) ?? [];
		if (values.length > 0 && !options[token.name]?.many) throw new Usage(`Give \`${token.rawName}\` only once.`);
		given.set(token.name, [...values, value]);
	}
	checkOperands(verb, path, positionals);
	const args: Args = {
		operands: positionals,
		text: (name) => given.get(name)?.[0] ?? options[name]?.default,
		all: (name) => given.get(name) ?? [],
		has: (name) => given.has(name),
	};
	return { kind: 'run', path, verb, args };
}

function shape(option: Option): { type: 'string' | 'boolean'; short?: string; multiple: boolean } {
	const type = option.value === undefined ? 'boolean' : 'string';
	return { type, multiple: true, ...(option.short === undefined ? {} : { short: option.short }) };
}

function check(
	name: string,
	typed: string,
	value: string | undefined,
	options: Readonly<Record<string, Option>>,
	path: string,
): string {
	const option = options[name];
	if (!option) {
		const near = nearest(name, Object.keys(options));
		const remedy = near ? `Did you mean \`--${near}\`?` : `See \`citycompact ${path} --help\`.`;
		throw new Usage(`\`citycompact ${path}\` has no option \`${typed}\`. ${remedy}`);
	}
	if (option.value === undefined) {
		if (value !== undefined) throw new Usage(`\`${typed}\` is a switch and takes no value.`);
		return '';
	}
	if (value === undefined) throw new Usage(`\`${typed}\` needs a value: \`${typed} ${option.value}\`.`);
	if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(value))
		throw new Usage(`\`${typed}\` holds a sign that cannot be seen. Type the value anew.`);
	if (option.choices && !option.choices.includes(value)) {
		throw new Usage(`\`${typed} ${value}\` is not known. Use one of: ${option.choices.join(', ')}.`);
	}
	return value;
}

function checkOperands(verb: Verb, path: string, given: readonly string[]): void {
	const operands = verb.operands ?? [];
	const missing = operands.filter((operand) => !operand.optional)[given.length];
	if (missing) throw new Usage(`\`citycompact ${path}\` needs ${missing.name}: ${missing.summary}.`);
	const surplus = operands.some((operand) => operand.many) ? undefined : given[operands.length];
	if (surplus !== undefined) {
		throw new Usage(
			`\`citycompact ${path}\` does not know what to do with \`${surplus}\`. See \`citycompact ${path} --help\`.`,
		);
	}
}
