import { LOOKS as INKS, WAYS } from '#adoption/out/export.ts';
import { DEEDS } from '#adoption/program/deeds.server.ts';
import { LOOKS } from '#adoption/program/looks.server.ts';
import { RULES } from '#adoption/program/rules.server.ts';
import { BEGIN } from '#adoption/program/text.server.ts';
import { DRAFT_FIELDS, WHOLE_FIELDS } from '#adoption/record/draft.ts';
import { PACKET_FIELDS } from '#adoption/record/packet.ts';
import { RULES_FIELDS } from '#adoption/record/rules.ts';
import { WORD_TYPE } from '#kernel/media-type.ts';
import { FORMS } from '#library/export/downloads.ts';
import { choice, SWITCH } from '../asked.ts';
import { PAGED } from './answer.server.ts';
import { AGAINST, AT, NAME } from './asked.ts';
import type { OfferedOfDrafts } from './described.ts';

/** What a file of a draft takes. */
export const FILE_PARAMETERS = {
	what: choice(['clean', 'marked'] as const),
	look: choice(INKS),
	against: AGAINST,
	named: SWITCH,
};

/** All that programs can have of drafts. */
export const DRAFTS_OFFERED: OfferedOfDrafts = {
	drafts: DRAFT_FIELDS,
	whole: WHOLE_FIELDS,
	looks: LOOKS,
	paged: PAGED,
	at: { at: AT },
	file: FILE_PARAMETERS,
	begin: BEGIN,
	rules: { fields: RULES_FIELDS, takes: RULES },
	deeds: DEEDS,
	packet: PACKET_FIELDS,
	sent: { type: WORD_TYPE, query: { name: NAME } },
	forms: [
		...FORMS.filter(({ extension }) => WAYS.some(({ form }) => form === extension)).map(({ mediaType }) => mediaType),
		'application/pdf',
	],
};
