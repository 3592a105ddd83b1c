import { text } from '../sign-in/entry.server.ts';

/** What was typed into the blanks of a form, by the id of the blank: its fields are called `blank.city`. */
export function typedBlanks(form: FormData): Readonly<Record<string, string>> {
	const blanks = [...form.keys()].filter((key) => key.startsWith('blank.'));
	return Object.fromEntries(blanks.map((key) => [key.slice('blank.'.length), text(form, key)]));
}
