import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { validateXML } from 'xmllint-wasm';
import { toAkomaNtoso } from '../../src/library/export/akn.ts';
import { toDocx } from '../../src/library/export/docx.ts';
import { type Outgoing, paperOf } from '../../src/library/export/outgoing.ts';
import type { Provision } from '../../src/library/provision.ts';
import type { Blocks, Refusal } from '../../src/library/read/block.ts';
import { readBytes } from '../../src/library/read/read.ts';
import { textBlocks } from '../../src/library/read/text.ts';
import { type Structured, structure } from '../../src/library/structure/structure.ts';
import { outgoing } from '../../test/library/outgoing.ts';
import { demand, type Measures } from '../measure.ts';

/** So many introductions, spread by a fixed stride so that every year is among them. */
const TEXTS = 200;
/** Differences of a way that are named. */
const EXAMPLES = 8;
/** Letters around what differs. */
const CONTEXT = 60;
/** Files that one run of xmllint holds in memory beside the schema. */
const AT_ONCE = 20;

type Way = (out: Outgoing) => Uint8Array;
const WAYS: Readonly<Record<string, Way>> = {
	docx: (out) => toDocx(paperOf(out)),
	akn: (out) => new TextEncoder().encode([...toAkomaNtoso(paperOf(out))].join('')),
};

/**
 * Sends 200 introductions, the laws of the data folder and the shelf that comes along out as Word and as Akoma Ntoso and reads them again: the share that comes in
 * as the same tree (kinds, eIds, numbers, headings, words, both readings), the causes of the others, and how many of the
 * Akoma Ntoso files are valid by the schema of OASIS.
 */
export async function roundtrip(data: string, say: (line: string) => void): Promise<Measures> {
	const texts = [
		...introductions(data),
		...(await files(join(data, 'policy/nyc_local_laws'))),
		...(await files('seeds/library')),
	];
	let measures: Measures = {};
	for (const [name, way] of Object.entries(WAYS)) {
		const causes: string[] = [];
		for (const { id, text } of texts) {
			const back = await readBytes(way(outgoing(text)), `text.${name}`);
			const cause = difference(text, back);
			if (cause) causes.push(`${id}: ${cause}`);
		}
		say(`${name}: ${texts.length - causes.length} of ${texts.length} come in as the same tree`);
		for (const cause of causes.slice(0, EXAMPLES)) say(`  ${cause}`);
		const share = (texts.length - causes.length) / texts.length;
		measures = { ...measures, [`roundtrip_${name}`]: demand(share, 'of texts', { least: 1 }) };
	}
	const invalid = await faults(
		join(data, 'schema'),
		texts.map(({ text }) => new TextDecoder().decode(WAYS.akn?.(outgoing(text)))),
	);
	for (const fault of invalid.slice(0, EXAMPLES)) say(`  not valid: ${fault}`);
	return {
		...measures,
		roundtrip_valid: demand(invalid.length === 0 ? 1 : 0, 'all valid by the schema', { least: 1 }),
	};
}

/** What differs first; null where nothing does. */
export function difference(text: Structured, back: Blocks | Refusal): string | null {
	if ('refused' in back) return `refused, ${back.detail}`;
	const again = structure(back);
	const worded = text.provisions;
	for (let at = 0; at < Math.max(worded.length, again.provisions.length); at++) {
		const [was, is] = [told(worded[at]), told(again.provisions[at])];
		if (was === is) continue;
		const from = Math.max(0, [...was].findIndex((sign, i) => sign !== is[i]) - CONTEXT);
		const part = (line: string): string => line.slice(from, from + 3 * CONTEXT);
		return `provision ${at}, ${worded[at]?.eId}\n    out ${part(was)}\n    in  ${part(is)}`;
	}
	if (text.text !== again.text) return 'the canonical text';
	return JSON.stringify(text.amendments) === JSON.stringify(again.amendments) ? null : 'the amendments';
}

function told(provision: Provision | undefined): string {
	if (!provision) return 'none';
	const { eId, kind, parent, number, heading, text, state, before, redline, start, end } = provision;
	return JSON.stringify([eId, kind, parent, number, heading, state, before, start, end, text, redline]);
}

async function faults(folder: string, files: readonly string[]): Promise<string[]> {
	const schema = ['akomantoso30.xsd', 'xml.xsd'].map((name) => ({
		fileName: name,
		contents: readFileSync(join(folder, name), 'utf8'),
	}));
	const found: string[] = [];
	for (let at = 0; at < files.length; at += AT_ONCE) {
		const xml = files.slice(at, at + AT_ONCE).map((contents, nth) => ({ fileName: `${at + nth}.xml`, contents }));
		const { errors } = await validateXML({
			xml,
			schema: schema.slice(0, 1),
			preload: schema.slice(1),
			maxMemoryPages: 8_192,
		});
		found.push(...errors.map(({ message, loc }) => `${loc?.fileName}: ${message}`));
	}
	return found;
}

interface Named {
	readonly id: string;
	readonly text: Structured;
}

function introductions(data: string): Named[] {
	const all = gunzipSync(readFileSync(join(data, 'policy/nyc_introductions_2014_2021.jsonl.gz')))
		.toString('utf8')
		.split('\n')
		.filter(Boolean);
	const stride = Math.floor(all.length / TEXTS);
	return Array.from({ length: TEXTS }, (_, nth) => {
		const { id, text } = JSON.parse(all[nth * stride] as string) as { id: string; text: string };
		return { id, text: structure(textBlocks(text)) };
	});
}

async function files(folder: string): Promise<Named[]> {
	const found: Named[] = [];
	for (const entry of readdirSync(resolve(folder), { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || !/^(?!summary|README).*\.(md|rtf|txt)$/.test(entry.name)) continue;
		const read = await readBytes(readFileSync(join(entry.parentPath, entry.name)), entry.name);
		if ('refused' in read) continue;
		found.push({ id: entry.name, text: structure(read) });
	}
	return found;
}
