import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';

/** Compares the texts of a folder, and says how many are done after each step, until it is through or killed. */
const [folder = ''] = process.argv.slice(2);
const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
await compareTexts(world, { told: ({ done }) => console.log(done) });
await world.close();
process.exit(0);
