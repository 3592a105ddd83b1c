import { parentPort } from 'node:worker_threads';
import { readBytes } from './read.ts';

// What runs in a thread of the readers: one file after the other, each answered with its blocks or its refusal.
parentPort?.on('message', async ({ bytes, name }: { bytes: Uint8Array; name: string }) => {
	parentPort?.postMessage(await readBytes(bytes, name));
});
