/** Records of an RFC 4180 text by its header. */
export function parseCsv(text: string): Record<string, string>[] {
	const [header = [], ...lines] = cells(text);
	return lines
		.filter((line) => line.length > 1)
		.map((line) => Object.fromEntries(header.map((name, i) => [name, line[i] ?? ''])));
}

function cells(text: string): string[][] {
	const lines: string[][] = [[]];
	const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
	for (const match of text.matchAll(pattern)) {
		if (match[0] === '') break;
		lines.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
		if (match[3] !== ',') lines.push([]);
	}
	return lines;
}
