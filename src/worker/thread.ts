import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { openWorld } from '#platform/world.server.ts';
import { runJobs } from './run.server.ts';

// What runs in the thread of the jobs: a world of its own, until it is told to stop.
const world = await openWorld();
await runJobs(world);
if (parentPort) await once(parentPort, 'message');
await world.close();
parentPort?.close();
