import type { Noun } from './command.ts';
import { comparing } from './concordance-compare.ts';

export const concordance: Noun = {
	name: 'concordance',
	summary: 'Words that texts share: what one kept of another and what it changed',
	verbs: [comparing],
};
