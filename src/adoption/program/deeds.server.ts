import { COUNSEL_DEEDS } from './counsel.server.ts';
import type { Deed } from './deed.server.ts';
import { NAMES_DEEDS } from './names.server.ts';
import { OTHERS_DEEDS } from './others.server.ts';
import { PACKET_DEEDS } from './packet.server.ts';
import { TEXT_DEEDS } from './text.server.ts';
import { WAY_DEEDS } from './way.server.ts';

/** All that a program can do with a draft, but sending a Word file in. */
export const DEEDS: readonly Deed[] = [
	...TEXT_DEEDS,
	...NAMES_DEEDS,
	...OTHERS_DEEDS,
	...WAY_DEEDS,
	...COUNSEL_DEEDS,
	...PACKET_DEEDS,
];
