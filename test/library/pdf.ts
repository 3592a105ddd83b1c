const FONTS = ['Times-Roman', 'Times-Bold', 'Times-Italic'];

/**
 * A PDF from the drawing of each of its pages, in PDF's own operators, with `/F1` Times, `/F2` bold and `/F3` italic.
 * @param extra entries of the trailer, such as `/Encrypt 3 0 R`, and of the objects they name
 */
export function makePdf(
	pages: readonly string[],
	extra: { trailer?: string; objects?: readonly string[] } = {},
): Uint8Array {
	const more = extra.objects ?? [];
	const first = 3 + more.length + FONTS.length;
	const fonts = FONTS.map((_, n) => `/F${n + 1} ${3 + more.length + n} 0 R`).join(' ');
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${first + n * 2} 0 R`).join(' ')}] >>`,
		...more,
		...FONTS.map((name) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`),
		...pages.flatMap((content, n) => [
			`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << ${fonts} >> >> /Contents ${first + n * 2 + 1} 0 R >>`,
			`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		]),
	];
	let file = '%PDF-1.7\n';
	const offsets = objects.map((object, n) => {
		const at = file.length;
		file += `${n + 1} 0 obj\n${object}\nendobj\n`;
		return at;
	});
	const start = file.length;
	file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`;
	file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${extra.trailer ?? ''} >>\nstartxref\n${start}\n%%EOF\n`;
	return Uint8Array.from(file, (sign) => sign.charCodeAt(0));
}

/**
 * The drawing of a page from a sketch, a line each: `x y words` at a place, `x y size words` with a size in brackets
 * (`72 700 [9] words`), `b:` and `i:` before the words for bold and italic, `_ x1 x2 y` a stroke from x1 to x2.
 */
export function drawn(sketch: string): string {
	return sketch
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => {
			const rule = /^_ (\d+) (\d+) ([\d.]+)/.exec(line);
			if (rule) return `${rule[1]} ${rule[3]} ${Number(rule[2]) - Number(rule[1])} 0.6 re f`;
			const [, x, y, , size = '12', face = '', words = ''] = /^(\d+) (\d+) (\[(\d+)\] )?(b:|i:)?(.*)$/.exec(line) ?? [];
			const font = face === 'b:' ? 'F2' : face === 'i:' ? 'F3' : 'F1';
			return `BT /${font} ${size} Tf ${x} ${y} Td (${windows(words).replace(/[\\()]/g, '\\$&')}) Tj ET`;
		})
		.join('\n');
}

function windows(words: string): string {
	return words.replaceAll('“', '\u0093').replaceAll('”', '\u0094').replaceAll('’', '\u0092').replaceAll('—', '\u0097');
}
