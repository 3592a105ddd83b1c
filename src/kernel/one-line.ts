/** What was typed or printed in lines and wide spaces, as one line of words with one space between them. */
export function oneLine(text: string): string {
	return text.replaceAll(/\s+/gu, ' ').trim();
}
