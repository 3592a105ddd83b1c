import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timed } from '../measure.ts';

/** Time of Debian's sim_text for the texts, with and without printing what it found; null where it is not installed. */
export async function simText(texts: readonly string[]): Promise<{ whole: number; silent: number } | null> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-pairs-'));
	try {
		execFileSync('sim_text', ['-v'], { stdio: 'ignore' });
		mkdirSync(join(folder, 'texts'));
		const names = texts.map((text, n) => {
			const name = join(folder, 'texts', `${String(n).padStart(5, '0')}.txt`);
			writeFileSync(name, text);
			return name;
		});
		const run = (...more: string[]) =>
			timed(() =>
				execFileSync('sim_text', [...more, '-i', `-o${join(folder, 'out')}`], { input: `${names.join('\n')}\n` }),
			);
		return { whole: await run(), silent: await run('-n') };
	} catch (error) {
		console.warn(`sim_text is not measured (Debian's similarity-tester): ${String(error).slice(0, 120)}`);
		return null;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
