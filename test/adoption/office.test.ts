import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRevisions } from '#adoption/word/revision.ts';
import { suggestionsOf } from '#adoption/word/suggest.ts';
import { attempt } from './complaint.ts';
import { DRAFT, TRAPS, type Trap, trapFile } from './corpus.ts';
import { told } from './counsel.ts';
import { findOffice } from './office.ts';

const office = findOffice();
if (office === null) console.log('test/adoption/office.test.ts is left out: there is no soffice here.');

/** What LibreOffice 7.4 does not keep when it opens such a file and saves it. */
const NOT_KEPT: Readonly<Record<string, string>> = {
	'move-a-paragraph-and-change-it': 'it writes changes in what moved as if nobody had tracked them',
	'a-row-struck-and-a-table-in-a-cell': 'it sets a table in a cell behind its row',
	nested: 'it writes the end of a paragraph that came and went as struck alone',
	comments: 'it drops a comment on nothing',
	'what-has-no-place': 'it drops a header that no section asks for',
};

describe.skipIf(office === null)('a file that LibreOffice opened and saved', () => {
	const folder = mkdtempSync(join(tmpdir(), 'compact-office-'));
	beforeAll(() => {
		for (const trap of TRAPS) writeFileSync(join(folder, `${trap.name}.docx`), strict(trapFile(trap)));
		execFileSync(office as string, [
			...['--headless', `-env:UserInstallation=file://${folder}/profile`, '--convert-to', 'docx:MS Word 2007 XML'],
			...['--outdir', join(folder, 'saved'), ...TRAPS.map(({ name }) => join(folder, `${name}.docx`))],
		]);
	}, 300_000);
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	const savedOf = ({ name }: Trap) => readFileSync(join(folder, 'saved', `${name}.docx`));

	test.each(TRAPS)('loses nothing and makes nothing up: $name', (trap) => {
		const { outcome, wrong } = attempt(savedOf(trap), trap.draft ?? DRAFT);
		expect({ outcome, wrong }).toEqual({
			outcome: trap.name === 'another-text' ? 'another text' : 'read',
			wrong: null,
		});
	});

	test.each(TRAPS.filter(({ name }) => !(name in NOT_KEPT)))('suggests the same: $name', (trap) => {
		const [ours, theirs] = [trapFile(trap), savedOf(trap)].map((bytes) =>
			told(suggestionsOf(readRevisions(bytes, trap.own), trap.draft ?? DRAFT)),
		);
		expect(theirs).toEqual(ours);
	});
});

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** The same file with what our readers do without and LibreOffice asks for: namespaces and the types of its parts. */
function strict(bytes: Uint8Array): Uint8Array {
	const parts = Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)] as const);
	const types = parts.flatMap(([name]) => {
		const own = /^word\/(\w+)\.xml$/.exec(name)?.[1];
		const type = own === 'document' ? `${TYPES}.document.main+xml` : `${TYPES}.${own}+xml`;
		return own === undefined ? [] : [`<Override PartName="/${name}" ContentType="${type}"/>`];
	});
	const written = parts.map(([name, xml]) => {
		if (name === '[Content_Types].xml')
			return [
				name,
				`<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${types.join('')}</Types>`,
			];
		if (name.endsWith('.rels'))
			return [name, xml.replace('<Relationships', `<Relationships xmlns="${PACKAGE}/relationships"`)];
		const named = xml
			.replace('xmlns:mc="m"', 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"')
			.replace('xmlns:v="v"', 'xmlns:v="urn:schemas-microsoft-com:vml"');
		return [name, named];
	});
	return zipSync(Object.fromEntries(written.map(([name, xml]) => [name, strToU8(xml as string)])));
}
