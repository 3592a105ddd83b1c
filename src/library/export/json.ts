import { toRecord, toRecords } from '#kernel/field.ts';
import { jsonObject } from '#kernel/json.ts';
import { FACT_FIELDS, RELATION_FIELDS } from '../record/fact.ts';
import { AMENDMENT_FIELDS, PROVISION_FIELDS } from '../record/provision.ts';
import { VERSION_FIELDS } from '../record/version.ts';
import { WORK_FIELDS } from '../record/work.ts';
import { headOf, type Outgoing, permanentAddress } from './outgoing.ts';

/** The version as JSON with the fields of the API: what it is, its provisions, and its canonical text for their offsets. */
export function toJson(out: Outgoing): AsyncGenerator<string> {
	const { work, version, origin } = out;
	const head = {
		notices: headOf(out).notices,
		permanent_address: permanentAddress(version, origin),
		work: toRecord(WORK_FIELDS, work),
		facts: work.facts.map((fact) => toRecord(FACT_FIELDS, fact)),
		relations: work.relations.map((relation) => toRecord(RELATION_FIELDS, relation)),
		version: toRecord(VERSION_FIELDS, version),
	};
	const tail = () => ({
		amendments: version.amendments.map((amendment) => toRecord(AMENDMENT_FIELDS, amendment)),
		problems: version.problems,
		text: version.text,
	});
	return jsonObject(head, 'provisions', toRecords(PROVISION_FIELDS, version.provisions), tail);
}
