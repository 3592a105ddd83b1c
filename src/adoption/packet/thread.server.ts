import { parentPort } from 'node:worker_threads';
import { readWanted, type Wanted } from './template.ts';

// What runs in a thread that reads templates: one after the other, each answered with what it is or what stands against its use.
parentPort?.on('message', (wanted: Wanted) => {
	parentPort?.postMessage(readWanted(wanted));
});
