import { demand } from '#access/can.ts';
import { oneAnswer } from '../../../one.server.ts';
import { LIBRARY_DATASETS } from '../../dataset.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

export const GET: RequestHandler = (event) => {
	demand(event.locals.actor, ..._permission);
	return oneAnswer('library', LIBRARY_DATASETS, event);
};
