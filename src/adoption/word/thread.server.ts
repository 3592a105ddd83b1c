import { parentPort } from 'node:worker_threads';
import { readingsOf } from './readings.ts';

// What runs in a thread that reads what counsel sent back: one file after the other.
parentPort?.on('message', (bytes: Uint8Array) => {
	parentPort?.postMessage(readingsOf(bytes));
});
