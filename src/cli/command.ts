import type { Io } from './io.ts';

/** One `--option`. Without `value` it is a switch. */
export interface Option {
	readonly summary: string;
	/** What stands for the value in help: `FILE`, `STATE`. */
	readonly value?: string;
	readonly short?: string;
	/** May be given more than once. */
	readonly many?: true;
	/** The only values allowed. */
	readonly choices?: readonly string[];
	readonly default?: string;
}

/** What stands after the verb without dashes. Operands are taken in order; only the last may be `many`. */
export interface Operand {
	readonly name: string;
	readonly summary: string;
	readonly many?: true;
	readonly optional?: true;
}

export interface Example {
	/** Without the leading `npx citycompact`. */
	readonly command: string;
	readonly what: string;
}

/** One thing a person can ask for. Help, docs/cli.md, the parser and the tests are all made from this. */
export interface Verb {
	readonly name: string;
	/** One line, in the imperative, without a full stop. */
	readonly summary: string;
	/** Paragraphs below the summary. */
	readonly detail?: readonly string[];
	readonly operands?: readonly Operand[];
	readonly options?: Readonly<Record<string, Option>>;
	readonly examples: readonly Example[];
	/** Runs until it is told to stop, so that being stopped is success. */
	readonly stays?: true;
	/** Returns on success; throws one of the five errors of the house, or `Usage`, with a sentence. */
	run(args: Args, io: Io): Promise<void>;
}

/** A group of verbs about one thing, `citycompact NOUN VERB`. */
export interface Noun {
	readonly name: string;
	readonly summary: string;
	readonly detail?: readonly string[];
	readonly verbs: readonly Verb[];
}

export type Command = Noun | Verb;

/** What a person typed after the verb, checked against the table. */
export interface Args {
	readonly operands: readonly string[];
	/** Value of an option, its default, or undefined. */
	text(option: string): string | undefined;
	/** Every value of an option that may be given more than once. */
	all(option: string): readonly string[];
	/** Whether a switch was given. */
	has(option: string): boolean;
}

/** The command line is not one we understand: exit code 2, with the help that would have avoided it. */
export class Usage extends Error {
	override readonly name = 'Usage';
}

export function isNoun(command: Command): command is Noun {
	return 'verbs' in command;
}
