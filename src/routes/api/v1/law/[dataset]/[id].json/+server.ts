import { demand } from '#access/can.ts';
import { oneAnswer } from '../../../one.server.ts';
import { LAW_DATASETS } from '../../dataset.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'law'] as const;

export const GET: RequestHandler = (event) => {
	demand(event.locals.actor, ..._permission);
	return oneAnswer('law', LAW_DATASETS, event);
};
