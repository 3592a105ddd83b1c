import { demand } from '#access/can.ts';
import { DATASETS } from '../../../dataset.server.ts';
import { oneAnswer } from '../../../one.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'watch'] as const;

export const GET: RequestHandler = (event) => {
	demand(event.locals.actor, ..._permission);
	return oneAnswer('watch', DATASETS, event);
};
