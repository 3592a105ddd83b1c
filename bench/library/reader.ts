import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STATES } from '../../src/places/states.ts';
import { demand, type Measures } from '../measure.ts';
import { startSite } from '../watch/site.ts';

/** Sections of the chapter, each with four subsections: 375 provisions, more than the longest chapter on the shelf. */
const SECTIONS = 75;
/** Milliseconds from the question to the whole page, made anew each time. */
const LONGEST = 200;

/**
 * Opens a chapter of 375 provisions on the built site, once for every state, so that no answer is a kept one: how long the
 * page takes that nobody asked for before.
 */
export async function reader(_data: string, say: (line: string) => void): Promise<Measures> {
	const folder = mkdtempSync(join(tmpdir(), 'citycompact-reader-'));
	// The database's own user must be able to pass through.
	chmodSync(folder, 0o711);
	const file = join(folder, 'chapter.txt');
	writeFileSync(file, chapter());
	const site = await startSite(folder);
	try {
		const env = { ...process.env, COMPACT_DATA: folder };
		const about = ['--place', 'coalition', '--date', '2026-01-02', '--as', 'long', '--title', 'A SAMPLE chapter'];
		const imported = spawnSync(process.execPath, ['bin/citycompact.js', 'library', 'import', file, ...about], { env });
		if (imported.status !== 0) throw new Error(String(imported.stderr));
		const times: number[] = [];
		for (const { code } of STATES) {
			const began = performance.now();
			const answer = await fetch(`${site.origin}/library/coalition/long?state=${code}`);
			const page = await answer.text();
			if (!page.includes(`record ${SECTIONS} d`))
				throw new Error(`The page of ${code} is not whole (${answer.status}).`);
			times.push(performance.now() - began);
		}
		times.sort((a, b) => a - b);
		const at = (share: number) => Math.round(times[Math.floor(times.length * share)] ?? 0);
		say(
			`a chapter of ${SECTIONS * 5} provisions, ${times.length} pages made anew: median ${at(0.5)} ms, p95 ${at(0.95)} ms`,
		);
		return { reader_page_p95: demand(at(0.95), 'ms, a page of 375 provisions made anew', { most: LONGEST }) };
	} finally {
		await site.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

function chapter(): string {
	const sections = Array.from({ length: SECTIONS }, (_, i) => {
		const parts = ['a', 'b', 'c', 'd'].map(
			(letter) =>
				`(${letter}) The SAMPLE department shall keep record ${i + 1} ${letter} for ${i + 2} days, unless a judge signed a warrant that names the person whose record it is, and shall not give it to anybody before that day.`,
		);
		return [`Section ${i + 1}. Duty number ${i + 1}.`, ...parts].join('\n\n');
	});
	return `CHAPTER 9.40 SAMPLE SERVICES\n\n${sections.join('\n\n')}\n`;
}
