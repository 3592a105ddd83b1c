import type { Noun } from './command.ts';
import { comparing } from './concordance-compare.ts';
import { lineageExport } from './concordance-export.ts';
import { rebuilding } from './concordance-rebuild.ts';
import { passages } from './concordance-search.ts';

export const concordance: Noun = {
	name: 'concordance',
	summary: 'Words that texts share: what one kept of another and what it changed',
	verbs: [comparing, passages, lineageExport, rebuilding],
};
