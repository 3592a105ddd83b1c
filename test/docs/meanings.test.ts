import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DRAFT_FIELDS, WHOLE_FIELDS } from '#adoption/record/draft.ts';
import { EDIT_FIELDS } from '#adoption/record/edit.ts';
import { OFFER_FIELDS } from '#adoption/record/newer.ts';
import { REMARK_FIELDS } from '#adoption/record/remark.ts';
import { STAGE_FIELDS } from '#adoption/record/stage.ts';
import { SUGGESTION_FIELDS, UPLOAD_FIELDS } from '#adoption/record/suggestion.ts';
import { en } from '#i18n/en.ts';
import { LAW_FIELDS } from '#law/record.ts';
import { CODING_FIELDS } from '#library/record/coding.ts';
import { PROVISION_FIELDS } from '#library/record/provision.ts';
import { VERSION_WHOLE_FIELDS, WORK_WHOLE_FIELDS } from '#library/record/whole.ts';
import { WORK_FACT_FIELDS } from '#library/record/work-fact.ts';
import { COVERAGE_FIELDS } from '#reuse/record/coverage.ts';
import { HAVING_FIELDS } from '#reuse/record/having.ts';
import { KIN_FIELDS } from '#reuse/record/kin.ts';
import { LINEAGE_FIELDS } from '#reuse/record/lineage.ts';
import { LINK_FIELDS } from '#reuse/record/link.ts';

const TABLES = {
	COVERAGE_FIELDS,
	HAVING_FIELDS,
	KIN_FIELDS,
	LINEAGE_FIELDS,
	LINK_FIELDS,
	LAW_FIELDS,
	CODING_FIELDS,
	PROVISION_FIELDS,
	VERSION_WHOLE_FIELDS,
	WORK_WHOLE_FIELDS,
	WORK_FACT_FIELDS,
	DRAFT_FIELDS,
	WHOLE_FIELDS,
	EDIT_FIELDS,
	OFFER_FIELDS,
	REMARK_FIELDS,
	STAGE_FIELDS,
	SUGGESTION_FIELDS,
	UPLOAD_FIELDS,
};

test.each(Object.entries(TABLES))('every field of %s is explained in words', (_, fields) => {
	const unexplained = fields.map(({ name, meaning }) => `data.field.${meaning ?? name}`).filter((key) => !(key in en));
	expect(unexplained).toEqual([]);
});

test.each([
	['docs/library/protections.md', CODING_FIELDS],
	['docs/law.md', LAW_FIELDS],
	['docs/concordance/coverage.md', COVERAGE_FIELDS],
])('%s explains every field, and no other', (page, fields) => {
	const section = readFileSync(page, 'utf8').split('## Fields\n')[1] ?? '';
	const named = [...section.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = '']) =>
		[...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
	);
	expect(named.toSorted()).toEqual(fields.map(({ name }) => name).toSorted());
});
