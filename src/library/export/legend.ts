import type { TextLanguage } from '../policy.ts';
import type { Profile } from '../redline/profile.ts';

const ADDED = {
	en: {
		plain: 'Underlined words are added',
		slanted: 'Words in underlined italics are added',
		coloured: 'Coloured words are added',
	},
	es: {
		plain: 'Lo subrayado se añade',
		slanted: 'Lo subrayado en cursiva se añade',
		coloured: 'Lo que está en color se añade',
	},
} as const;

/** How what is added and removed looks, in a sentence; null: underlined and struck. */
export function legend(look: Profile | null, language: TextLanguage): string {
	const [added] = look?.added ?? [];
	const said = ADDED[language][added?.color ? 'coloured' : added?.italic ? 'slanted' : 'plain'];
	const { open, close } = look?.enclosed ?? { open: null, close: null };
	if (language === 'en')
		return `${said}, ${open === null ? 'struck words' : `words in ${open}brackets${close}`} removed.`;
	return `${said}, ${open === null ? 'lo tachado' : `lo que está entre ${open}corchetes${close}`} se suprime.`;
}
