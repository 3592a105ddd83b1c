/** The three support types, from the one that reaches furthest to the one that reaches least: task force, jail enforcement, warrant service officer. */
export const MODELS = ['TFM', 'JEM', 'WSO'] as const;
export type Model = (typeof MODELS)[number];

/** Words of which each points to one model: two for each, so that a misprint in one leaves the other. */
const WORDS: Readonly<Record<string, Model>> = {
	task: 'TFM',
	force: 'TFM',
	tfm: 'TFM',
	tfo: 'TFM',
	jail: 'JEM',
	enforcement: 'JEM',
	jem: 'JEM',
	warrant: 'WSO',
	warrants: 'WSO',
	service: 'WSO',
	services: 'WSO',
	wso: 'WSO',
};

/** The model that a support type cell names, however it is spelled; null where it names none, or two. */
export function modelOf(text: string): Model | null {
	const named = new Set<Model>();
	for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
		const model = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
		if (model) named.add(model);
	}
	const [model] = named;
	return named.size === 1 && model ? model : null;
}
