import { distance } from '#kernel/spelling.ts';

/** What stands in a line of the template where its field does. */
const LINE_FIELDS = ['title', 'number', 'date', 'city', 'office', 'sponsor'] as const;
/** What takes paragraphs of its own: its field stands alone in one. */
export const BLOCK_FIELDS = ['recitals', 'enacting', 'text', 'redline', 'summary', 'fiscal', 'sources'] as const;
export type LineField = (typeof LINE_FIELDS)[number];
export type BlockField = (typeof BLOCK_FIELDS)[number];
export type Field = LineField | BlockField;
export const FIELDS: readonly Field[] = [...LINE_FIELDS, ...BLOCK_FIELDS];

/** How each is written between braces: in English, in Spanish, and what people also write. The first of each language is the one that is shown. */
const NAMES: Readonly<Record<Field, { readonly en: readonly string[]; readonly es: readonly string[] }>> = {
	title: { en: ['title', 'long title'], es: ['título', 'título completo'] },
	number: { en: ['ordinance number', 'number', 'ordinance no.'], es: ['número de ordenanza', 'número'] },
	date: { en: ['date', 'agenda date', 'meeting date'], es: ['fecha', 'fecha de la sesión'] },
	city: { en: ['city'], es: ['ciudad'] },
	office: { en: ['office', 'department'], es: ['oficina', 'departamento'] },
	sponsor: { en: ['sponsor', 'sponsors'], es: ['patrocinador', 'patrocinadora', 'proponente'] },
	recitals: { en: ['recitals', 'whereas'], es: ['considerandos'] },
	enacting: { en: ['enacting words', 'enacting clause'], es: ['fórmula de promulgación', 'cláusula de promulgación'] },
	text: { en: ['text', 'clean text'], es: ['texto', 'texto limpio'] },
	redline: { en: ['redline', 'changes'], es: ['cambios', 'texto con cambios'] },
	summary: { en: ['summary', 'plain-language summary'], es: ['resumen', 'resumen en lenguaje sencillo'] },
	fiscal: { en: ['fiscal note', 'fiscal impact'], es: ['nota fiscal', 'impacto fiscal'] },
	sources: { en: ['sources'], es: ['fuentes'] },
};

/** `{ordinance number}`, as a clerk writes it into a template. */
export function written(field: Field, language: 'en' | 'es'): string {
	return `{${NAMES[field][language][0]}}`;
}

/** Which field a name between braces is, in either language, whatever its letters' size, accents and blanks; null for none. */
export function fieldOf(name: string): Field | null {
	return BY_NAME.get(bare(name)) ?? null;
}

/** The field that somebody probably meant who wrote a name that is none; null where nothing is near. */
export function meant(name: string): Field | null {
	const typed = bare(name);
	let best: { readonly field: Field; readonly far: number } | null = null;
	for (const [known, field] of BY_NAME) {
		const most = Math.max(1, Math.floor(known.length / 4));
		const far = distance(typed, known, most);
		if (far <= most && (best === null || far < best.far)) best = { field, far };
	}
	return best?.field ?? null;
}

/** Whether a word is the name of a field as the program has it. */
export function isField(word: string): word is Field {
	return (FIELDS as readonly string[]).includes(word);
}

/** Whether the field takes paragraphs of its own. */
export function isBlock(field: Field): field is BlockField {
	return (BLOCK_FIELDS as readonly string[]).includes(field);
}

const BY_NAME: ReadonlyMap<string, Field> = new Map(
	FIELDS.flatMap((field) => [...NAMES[field].en, ...NAMES[field].es].map((name) => [bare(name), field] as const)),
);

function bare(name: string): string {
	return name
		.normalize('NFD')
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
