import { readConfig } from '#platform/config.server.ts';
import { type OpenWorld, openWorld } from '#platform/world.server.ts';

/** Rows of one transaction: one that came through by half shows. */
export const ENTRIES = 20;

export function openQuietly(folder: string): Promise<OpenWorld> {
	return openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
}
