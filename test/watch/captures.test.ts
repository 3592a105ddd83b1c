import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { read as readWorkbook, SSF, utils } from 'xlsx';
import { unwrap } from '#watch/read/address.ts';
import { readSheet } from '#watch/read/sheet.ts';
import { foldSpace } from '#watch/read/text.ts';

const FOLDER = '../shared/data/287g';
const present = existsSync(`${FOLDER}/truth_counts.csv`);
if (!present) console.log(`skipped: the real captures are not at ${FOLDER}`);

/** truth_counts.csv holds no quoted cells. */
function truth(): Record<string, string>[] {
	const [head = '', ...lines] = readFileSync(`${FOLDER}/truth_counts.csv`, 'utf8').trim().split(/\r?\n/);
	const names = head.split(',');
	return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
}

function read(snapshot: string, file: string) {
	const bytes = readFileSync(`${FOLDER}/sheets/${snapshot}/${file}`);
	const list = readSheet(bytes, createHash('sha256').update(bytes).digest('hex'));
	if ('refused' in list) throw new Error(`${file}: ${list.detail}`);
	return list;
}

describe.skipIf(!present)('the captures of May to July 2025', () => {
	test.each(present ? truth() : [])('$file is counted as a careful reader counts it', (row) => {
		const { snapshot = '', file = '' } = row;
		const list = read(snapshot, file);
		const count = (model: string) => list.rows.filter((r) => r.model === model).length;
		expect({
			list: list.kind,
			modified_utc: list.modified,
			rows: list.rows.length,
			jem: count('JEM'),
			tfm: count('TFM'),
			wso: count('WSO'),
			county_missing: list.rows.filter((r) => r.county === null).length,
			moa_linked: list.rows.filter((r) => r.moa?.href).length,
		}).toEqual({
			list: row.list,
			modified_utc: row.modified_utc,
			rows: Number(row.rows),
			jem: Number(row.jem),
			tfm: Number(row.tfm),
			wso: Number(row.wso),
			county_missing: Number(row.county_missing),
			moa_linked: Number(row.moa_linked),
		});
		expect(list.problems.filter((p) => p.code === 'other')).toEqual([]);
		expect(list.rows.filter((r) => list.kind === 'participating' && r.signed === null)).toEqual([]);
		expect(JSON.stringify(list)).not.toMatch(/safelinks|@ice\.dhs\.gov/i);
	});

	test('show in every cell and link what another reader finds there', () => {
		for (const { snapshot = '', file = '' } of truth()) {
			const list = read(snapshot, file);
			const book = readWorkbook(readFileSync(`${FOLDER}/sheets/${snapshot}/${file}`), { cellDates: false });
			const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
			const headers = Object.keys(list.rows[0]?.cells ?? {});
			expect(headers.length).toBeGreaterThanOrEqual(4);
			for (const row of list.rows) {
				for (let column = 0; column < 8; column++) {
					const name = foldSpace(String(sheet[utils.encode_cell({ r: 0, c: column })]?.v ?? ''));
					const cell = sheet[utils.encode_cell({ r: row.row - 1, c: column })];
					const theirs =
						cell?.t === 'z' || cell === undefined
							? ''
							: foldSpace(String(cell.t === 'n' ? cell.v : (cell.w ?? cell.v)));
					const link = name === 'MOA' ? row.moa : name === 'ADDENDUM' ? row.addendum : null;
					const ours = link ? link.text : (row.cells[name] ?? '');
					if (name === 'SIGNED' && cell?.t === 'n') expect(row.signed).toBe(dayOfSerial(cell.v as number));
					else expect(ours, `${file} ${name}${row.row}`).toBe(theirs);
					if (link)
						expect(link.href).toBe(cell?.l ? unwrap(cell.l.Target).href : /^https?:/.test(theirs) ? theirs : null);
				}
			}
		}
	});
});

/** By the other reader's own table of days. */
function dayOfSerial(serial: number): string {
	return SSF.format('yyyy-mm-dd', serial);
}
