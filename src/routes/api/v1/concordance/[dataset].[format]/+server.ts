import { demand } from '#access/can.ts';
import { NotFound } from '#kernel/error.ts';
import { csvAnswer, jsonAnswer } from '../../answer.server.ts';
import { CONCORDANCE_DATASETS } from '../dataset.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'library'] as const;

export const GET: RequestHandler = ({ params, url, locals, request }) => {
	demand(locals.actor, ..._permission);
	const dataset = CONCORDANCE_DATASETS.find(({ name }) => name === params.dataset);
	if (dataset && params.format === 'json') return jsonAnswer(dataset, url.searchParams, locals, request);
	if (dataset && params.format === 'csv') return csvAnswer(dataset, url.searchParams, locals, request);
	const names = CONCORDANCE_DATASETS.map(({ name }) => name).join(', ');
	throw new NotFound(`There is no such data. There is ${names}, each as .json and .csv.`);
};
