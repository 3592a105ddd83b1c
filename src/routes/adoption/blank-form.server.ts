import type { BlankForm } from '#adoption/answer.ts';
import { text } from '../sign-in/entry.server.ts';

/** What was sent of the blanks of a form: `blank.city=Dunmere` names a field by its blank and by what stood in it. */
export function blankForm(form: FormData): BlankForm {
	const fields = [...form.keys()].flatMap((key) => {
		const [, blank = '', shown = ''] = /^blank\.([^=]+)(?:=(.*))?$/s.exec(key) ?? [];
		return blank === '' ? [] : [{ blank, shown, typed: text(form, key) }];
	});
	return {
		typed: Object.fromEntries(fields.map(({ blank, typed }) => [blank, typed])),
		shown: Object.fromEntries(fields.map(({ blank, shown }) => [blank, shown])),
	};
}
