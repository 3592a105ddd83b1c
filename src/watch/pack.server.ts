import { gunzipSync, gzipSync } from 'node:zlib';
import type { List } from './list.ts';

/** Version of the reader. Raise it when `readSheet` reads the same bytes differently: stored readings are then made again. */
export const READER = 1;

/** A list as stored beside its bytes, so that a rebuild need not open every workbook again: gzip of JSON, about a tenth of the rows. */
export function pack(list: List): Buffer {
	return gzipSync(JSON.stringify({ rows: list.rows, problems: list.problems }), { level: 1 });
}

export function unpack(stored: Pick<List, 'sha256' | 'kind' | 'modified'> & { reading: Uint8Array }): List {
	const { reading, ...head } = stored;
	return { ...head, ...JSON.parse(gunzipSync(reading).toString()) };
}
