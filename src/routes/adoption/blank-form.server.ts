import type { BlankForm } from '#adoption/answer.ts';
import { text } from '../sign-in/entry.server.ts';

/** What was sent of the blanks of a form: its fields are called `blank.city`, and what stood in them `shown.city`. */
export function blankForm(form: FormData): BlankForm {
	const fields = (beginning: string) =>
		Object.fromEntries(
			[...form.keys()].flatMap((key) =>
				key.startsWith(beginning) ? [[key.slice(beginning.length), text(form, key)] as const] : [],
			),
		);
	return { typed: fields('blank.'), shown: fields('shown.') };
}
