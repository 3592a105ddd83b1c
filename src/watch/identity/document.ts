import { type Day, dayOf } from '#kernel/day.ts';
import { canonical } from './name.ts';
import { type State, stateOf } from './state.ts';

/** The file that a link leads to: its name in lower case without folder, query and extension; null for no link. */
export function documentFile(href: string | null | undefined): string | null {
	if (!href) return null;
	const path = href.replace(/[?#].*$/, '').replace(/\/+$/, '');
	const file = decoded(path.slice(path.lastIndexOf('/') + 1)).toLowerCase();
	return file.replace(/\.(pdf|docx?|html?)$/, '') || null;
}

const NOT_NAME = /^(287g?|moa|moas|mou|agreement|between|ice|and|signed|final|redacted|executed|508|\d+)$/;
const AFTER_NAME = /^(tfm|tf|jem|wso|moa|mou)$/;

/**
 * The words of the agency's name that a document's file name carries, in the form of canonical names:
 * `BerrienCoSheriffsOfficeMI_WSO_MOA_05.05.25.pdf` gives berrien, sheriff. Empty where the name carries none.
 */
export function documentWords(href: string, state: State): string[] {
	const path = href.replace(/[?#].*$/, '');
	const stem = decoded(path.slice(path.lastIndexOf('/') + 1)).replace(/\.(pdf|docx?|html?)$/i, '');
	const parts = stem
		.replaceAll(/([a-z])([A-Z])/g, '$1 $2')
		.replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
		.replaceAll(/([A-Za-z])(\d)/g, '$1 $2')
		.replaceAll(/(\d)([A-Za-z]{2,})/g, '$1 $2')
		.toLowerCase()
		.replaceAll(/['’]/g, '')
		.split(/[^a-z0-9]+/)
		.filter((part) => part !== '' && !/^(287|287g|g)$/.test(part));
	while (parts.length > 0 && AFTER_NAME.test(parts[0] ?? '')) parts.shift();
	const end = parts.findIndex((part) => AFTER_NAME.test(part));
	const named = (end < 0 ? parts : parts.slice(0, end)).filter((part) => !NOT_NAME.test(part));
	const code = state.code.toLowerCase();
	const last = named.at(-1) ?? '';
	// At the end CO is Colorado only in Colorado; elsewhere it is County.
	if (last === code || (last !== 'co' && stateOf(last).code === last.toUpperCase())) named.pop();
	else if (last.length > 3 && last.length <= 6 && last.endsWith(code)) named[named.length - 1] = last.slice(0, -2);
	return canonical(named);
}

const MONTH_FIRST = /(\d{2})[.\-_ ]?(\d{2})[.\-_ ]?(20\d{2}|\d{2})(?!\d)/g;
const YEAR_FIRST = /(20\d{2})[.\-_ ](\d{2})[.\-_ ](\d{2})(?!\d)/;

/** The day that a document's file name carries; null where it carries none. */
export function documentDay(href: string): Day | null {
	const file = documentFile(href) ?? '';
	const iso = YEAR_FIRST.exec(file);
	if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
	const match = [...file.matchAll(MONTH_FIRST)].at(-1);
	if (!match) return null;
	const year = Number(match[3]);
	return dayOf(year < 100 ? 2000 + year : year, Number(match[1]), Number(match[2]));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
