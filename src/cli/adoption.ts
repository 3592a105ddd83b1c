import { CHANGE_VERBS } from './adoption-change.ts';
import { COUNSEL_VERBS } from './adoption-counsel.ts';
import { DECIDE_VERBS } from './adoption-decide.ts';
import { exporting, importing } from './adoption-files.ts';
import { naming } from './adoption-names.ts';
import { packeting } from './adoption-packet.ts';
import {
	comments,
	dates,
	elsewhere,
	listing,
	meeting,
	newer,
	questions,
	showing,
	suggestions,
	turns,
	versions,
} from './adoption-read.ts';
import { ruling } from './adoption-rules.ts';
import type { Noun } from './command.ts';

export const adoption: Noun = {
	name: 'adoption',
	summary: 'Drafts of a city: from a copied model to the policy that was voted on',
	detail: [
		'Drafts are for people of their city, and whoever runs the server is none by that alone: every verb acts under the seat of the person whose key for programs it is given, in COMPACT_KEY or by --key-file. docs/adoption/programs.md tells how to get one, and what else programs can do.',
	],
	verbs: [
		...[listing, showing, ...CHANGE_VERBS],
		...[versions, newer, naming, elsewhere, suggestions, comments, questions, turns, meeting, dates, ruling],
		...DECIDE_VERBS,
		...COUNSEL_VERBS,
		...[exporting, packeting, importing],
	],
};
