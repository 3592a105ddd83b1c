import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRtf } from '../../src/library/read/rtf.ts';
import { readText } from '../../src/library/read/text.ts';
import { type Structured, structure } from '../../src/library/structure/structure.ts';
import { demand, type Measures } from '../measure.ts';

/** The local laws that are there as RTF with their redline and as flat text: both must make one tree. */
export async function laws(data: string, say: (line: string) => void): Promise<Measures> {
	const folder = join(data, 'policy/nyc_local_laws');
	const names = readdirSync(folder)
		.filter((name) => name.endsWith('.rtf') && existsSync(join(folder, name.replace('.rtf', '.txt'))))
		.map((name) => name.replace('.rtf', ''));
	let names_same = 0;
	let texts_same = 0;
	for (const name of names) {
		const rtf = structure(readRtf(bytes(join(folder, `${name}.rtf`))));
		const read = readText(bytes(join(folder, `${name}.txt`)));
		if ('refused' in read) throw new Error(`${name}.txt was refused: ${read.detail}`);
		const txt = structure(read);
		const alike = { names: standing(rtf) === standing(txt), text: plain(rtf.text) === plain(txt.text) };
		names_same += Number(alike.names);
		texts_same += Number(alike.text);
		say(
			`${name}  ${rtf.provisions.length} provisions, profile ${rtf.profile ?? 'none'}, eIds ${alike.names ? 'alike' : 'DIFFER'}, text ${alike.text ? 'alike' : 'DIFFERS'}`,
		);
	}
	return {
		laws_same_eids: demand(names_same, `of ${names.length} laws`, { least: names.length }),
		laws_same_text: demand(texts_same, `of ${names.length} laws`, { least: names.length }),
	};
}

function bytes(path: string): Uint8Array {
	return new Uint8Array(readFileSync(path));
}

function standing(made: Structured): string {
	return made.provisions
		.filter(({ state }) => state !== 'removed')
		.map(({ eId }) => eId)
		.join();
}

/** Without what flat text loses: the shape of quotes, blanks that do not break, blanks after a section sign. */
function plain(text: string): string {
	return text.replaceAll(/[“”]/g, '"').replaceAll(/[‘’]/g, "'").replaceAll(/§\s*/g, '§').replaceAll('\u00a0', ' ');
}
