const LONG = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' } as const;
const FORMATS = {
	en: new Intl.DateTimeFormat('en-US', LONG),
	es: new Intl.DateTimeFormat('es-US', LONG),
};

/**
 * A day as a law, a letter and a clerk write it: `November 28, 2026`, `28 de noviembre de 2026`. `readTypedDay` reads it.
 * @param iso a day, or an instant: its day in UTC
 */
export function writtenDay(iso: string, language: 'en' | 'es'): string {
	return FORMATS[language].format(new Date(iso));
}
