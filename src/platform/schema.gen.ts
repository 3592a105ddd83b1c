// Made from the migrated database by `npm run golden -- --update`. Do not edit.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

export type Json = string | number | boolean | null | { readonly [key: string]: Json } | readonly Json[];
/** Read as a value, written as its JSON text. */
export type JsonColumn = ColumnType<Json, string, string>;

export interface AccessAccount {
	user_id: string;
	owner_city: string | null;
	room: Generated<string>;
	password: string;
	updated_at: Date;
}

export interface AccessAddressChange {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	user_id: string;
	address: string;
	former: string | null;
	link_hash: string | null;
	asked_at: Date;
}

export interface AccessAttempt {
	key: string;
	owner_city: string | null;
	room: Generated<string>;
	began_at: Date;
	count: number;
}

export interface AccessKey {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	token: string;
	user_id: string;
	seat_id: string;
	name: string;
	opens: string;
	counsel: boolean;
	made_at: Date;
	expires_at: Date;
	used_on: string | null;
}

export interface AccessPasskey {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	name: string;
	public_key: Buffer;
	user_id: string;
	credential_id: string;
	counter: number;
	transports: Generated<string[]>;
	created_at: Date;
	last_used_at: Date | null;
}

export interface AccessSession {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	token: string;
	user_id: string;
	second: Generated<boolean>;
	seat_id: string | null;
	fresh_at: Date | null;
	failed: Generated<number>;
	expires_at: Date;
	created_at: Date;
	updated_at: Date;
}

export interface AccessTwoFactor {
	user_id: string;
	owner_city: string | null;
	room: Generated<string>;
	secret: string;
	backup_codes: Generated<string[]>;
	verified_at: Date | null;
	last_step: Generated<number>;
	created_at: Date;
}

export interface AccessUser {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	name: string;
	email: string;
	language: Generated<string>;
	created_at: Date;
	updated_at: Date;
}

export interface AccessVerification {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	kind: string;
	user_id: string | null;
	expires_at: Date;
}

export interface AdoptionAnswer {
	draft_id: string;
	blank: string;
	seq: number;
	owner_city: string;
	room: Generated<string>;
	answer: string;
}

export interface AdoptionCertified {
	draft_id: string;
	nth: number;
	owner_city: string;
	room: Generated<string>;
	name: string;
	blob_id: string;
	sha256: string;
	size: number;
	kind: string;
	person: string | null;
	at: Date;
}

export interface AdoptionCertifiedAct {
	draft_id: string;
	nth: number;
	act: string;
	owner_city: string;
	room: Generated<string>;
	reason: string | null;
	person: string | null;
	at: Date;
}

export interface AdoptionComment {
	id: string;
	draft_id: string;
	owner_city: string;
	room: Generated<string>;
	nth: number | null;
	reply_to: string | null;
	provision_id: string | null;
	seq: number | null;
	start_at: number | null;
	end_at: number | null;
	quote: string | null;
	text: string;
	seat: string | null;
	person: string | null;
	at: Date;
	instead: string | null;
}

export interface AdoptionCommentState {
	comment_id: string;
	nth: number;
	draft_id: string;
	owner_city: string;
	room: string;
	act: string;
	assigned: string | null;
	seat: string | null;
	person: string | null;
	at: Date;
	edit: number | null;
}

export interface AdoptionCounsel {
	draft_id: string;
	nth: number;
	owner_city: string;
	room: Generated<string>;
	act: string;
	seq: number;
	to_seat: string | null;
	seat: string | null;
	person: string | null;
	at: Date;
}

export interface AdoptionDecision {
	draft_id: string;
	source: number;
	expression_id: string;
	seq: number;
	change: string;
	owner_city: string;
	room: Generated<string>;
	decision: string;
	provision_id: string | null;
	person: string | null;
	at: Date;
}

export interface AdoptionDraft {
	id: string;
	owner_city: string;
	room: Generated<string>;
	title: string;
	instrument: string;
	language: string;
	sample: Generated<boolean>;
	seq: Generated<number>;
	begun_at: Date;
	begun_by: string | null;
	became_work_id: string | null;
	closed_at: Date | null;
	amends_work_id: string | null;
}

export interface AdoptionEdit {
	draft_id: string;
	seq: number;
	owner_city: string;
	room: Generated<string>;
	act: string;
	provision_id: string | null;
	restored: number | null;
	outline: JsonColumn | null;
	person: string | null;
	at: Date;
	former_title: string | null;
	borrowed: number | null;
	borrowed_e_id: string | null;
	dangling: JsonColumn | null;
	names_kept: JsonColumn | null;
}

export interface AdoptionPacket {
	draft_id: string;
	nth: number;
	owner_city: string;
	room: Generated<string>;
	title: string;
	number: string;
	day: string | null;
	sponsor: string;
	summary: string | null;
	fiscal: string;
	look: string;
	parts: string;
	seat: string | null;
	person: string | null;
	at: Date;
}

export interface AdoptionParty {
	draft_id: string;
	seat: string;
	owner_city: string;
	room: Generated<string>;
	since: Date;
}

export interface AdoptionPresence {
	draft_id: string;
	desk: string;
	owner_city: string;
	room: Generated<string>;
	seat: string;
	provision_id: string | null;
	at: Date;
}

export interface AdoptionQuestion {
	draft_id: string;
	blank: string;
	comment_id: string;
	owner_city: string;
	room: Generated<string>;
}

export interface AdoptionQuorum {
	owner_city: string;
	nth: number;
	room: Generated<string>;
	number: number;
	seat: string | null;
	person: string | null;
	at: Date;
}

export interface AdoptionQuorumAllowed {
	draft_id: string;
	seat: string;
	owner_city: string;
	room: Generated<string>;
	reason: string;
	allowed_by: string | null;
	person: string | null;
	at: Date;
}

export interface AdoptionRule {
	owner_city: string;
	nth: number;
	room: Generated<string>;
	rules: JsonColumn;
	closures: JsonColumn;
	meetings: JsonColumn | null;
	person: string | null;
	at: Date;
}

export interface AdoptionSource {
	draft_id: string;
	nth: number;
	seq: number;
	owner_city: string;
	room: Generated<string>;
	work_id: string;
	expression_id: string;
	whole: boolean;
	at: Date;
}

export interface AdoptionStage {
	draft_id: string;
	stage: string;
	nth: number;
	owner_city: string;
	room: Generated<string>;
	name: string | null;
	position: number;
	due: string | null;
	done: string | null;
	who: string | null;
	note: string | null;
	needed: boolean;
	person: string | null;
	at: Date;
}

export interface AdoptionSuggestion {
	upload_id: string;
	nth: number;
	draft_id: string;
	owner_city: string;
	room: Generated<string>;
	kind: string;
	provision_id: string | null;
	behind_id: string | null;
	part: string | null;
	starts: number;
	basis: string;
	before: string;
	after: string;
	author: string | null;
	day: string | null;
	tracked: boolean;
	state: Generated<string>;
	decided_by: string | null;
	decided_at: Date | null;
	aside: Generated<boolean>;
}

export interface AdoptionTemplate {
	owner_city: string;
	nth: number;
	room: Generated<string>;
	blob_id: string | null;
	name: string | null;
	stripped: Generated<string>;
	seat: string | null;
	person: string | null;
	at: Date;
}

export interface AdoptionUpload {
	draft_id: string;
	id: string;
	owner_city: string;
	room: Generated<string>;
	name: string;
	blob_id: string;
	seq: number;
	unplaced: JsonColumn;
	problems: JsonColumn;
	person: string | null;
	at: Date;
}

export interface AdoptionWording {
	draft_id: string;
	provision_id: string;
	seq: number;
	owner_city: string;
	room: Generated<string>;
	kind: string;
	number: string | null;
	heading: string | null;
	text: string;
	source: number | null;
	source_e_id: string | null;
}

export interface AdoptionWritten {
	draft_id: string;
	batch: string;
	name: string;
	owner_city: string;
	room: Generated<string>;
	seq: number;
	provision_id: string | null;
}

export interface AlertLine {
	reader_id: string;
	position: number;
	owner_city: string | null;
	room: Generated<string>;
	kind: string;
	event_id: string;
	gathered_at: Date;
	taken_at: Date | null;
	sent_at: Date | null;
}

export interface AlertMark {
	only: Generated<boolean>;
	owner_city: string | null;
	room: Generated<string>;
	position: number;
}

export interface AlertPlace {
	reader_id: string;
	place_id: string;
	owner_city: string | null;
	room: Generated<string>;
	seat_id: string | null;
	since: Date;
}

export interface AlertReader {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	address: string;
	language: string;
	since: Date;
}

export interface AlertRequest {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	address: string;
	place_id: string;
	language: string;
	asked_at: Date;
}

export interface AuditChain {
	id: string;
	owner_city: string | null;
	room: string;
	entries: Generated<number>;
	head: string;
}

export interface AuditEntry {
	chain_id: string;
	position: number;
	owner_city: string | null;
	room: string;
	at: Date;
	action: string;
	subject: string;
	role: string;
	seat: string | null;
	seals: string;
	hash: string;
}

export interface AuditPersonal {
	chain_id: string;
	position: number;
	field: string;
	owner_city: string | null;
	room: string;
	value: string | null;
	salt: string | null;
	erased_at: Date | null;
	erased_under: string | null;
}

export interface Blob {
	id: Generated<string>;
	owner_city: string | null;
	room: string;
	sha256: string;
	bytes: Buffer;
	media_type: string;
	size: number;
	created_at: Date;
}

export interface CoalitionContact {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	from_person: string;
	at: Date;
}

export interface CoalitionFact {
	member_id: string;
	id: string;
	owner_city: string;
	room: Generated<string>;
	kind: string;
	day: string;
	note: string | null;
	author: string;
	at: Date;
	withdrawn_at: Date | null;
	withdrawn_by: string | null;
	withdrawn_reason: string | null;
}

export interface CoalitionInvitation {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	email: string;
	name: string;
	language: string;
	member_id: string | null;
	city: string | null;
	role: string;
	office: string;
	governing: Generated<boolean>;
	after_seat: string | null;
	invited_at: Date;
	invited_by: string;
	link_hash: string | null;
	link_until: Date | null;
	code_hash: string | null;
	code_wrong: Generated<number>;
	called_at: Date | null;
	called_by: string | null;
	called_number: string | null;
	called_site: string | null;
	from_terminal: Generated<boolean>;
	person: string | null;
	accepted_at: Date | null;
	withdrawn_at: Date | null;
}

export interface CoalitionLoss {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	person: string;
	name: string | null;
	email: string | null;
	language: string;
	reported_at: Date;
	called_at: Date | null;
	called_by: string | null;
	called_number: string | null;
	called_site: string | null;
	due_at: Date | null;
	link_hash: string | null;
	link_until: Date | null;
	code_hash: string | null;
	code_wrong: Generated<number>;
	from_terminal: Generated<boolean>;
	over_at: Date | null;
	outcome: string | null;
}

export interface CoalitionLossApproval {
	loss_id: string;
	person: string;
	owner_city: string | null;
	room: Generated<string>;
	at: Date;
}

export interface CoalitionLossRequest {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	address: string;
	asked_at: Date;
}

export interface CoalitionMatter {
	id: string;
	owner_city: string;
	room: Generated<string>;
	name: string;
	agreement: string;
	expires: string;
	at: Date;
}

export interface CoalitionMember {
	id: string;
	place_id: string;
	owner_city: string;
	room: Generated<string>;
	sample: Generated<boolean>;
	added_at: Date;
	added_by: string;
	approaching: Generated<boolean>;
}

export interface CoalitionParty {
	matter_id: string;
	seat_id: string;
	owner_city: string;
	room: Generated<string>;
	from_day: string;
	until_day: string | null;
}

export interface CoalitionPublication {
	member_id: string;
	id: string;
	owner_city: string;
	room: Generated<string>;
	kind: string;
	day: string;
	approver: string;
	office: string;
	author: string;
	at: Date;
}

export interface CoalitionSeat {
	id: string;
	member_id: string | null;
	owner_city: string | null;
	room: Generated<string>;
	person: string | null;
	role: string;
	name: string | null;
	office: string;
	governing: Generated<boolean>;
	in_counsel: Generated<boolean>;
	from_day: string;
	until_day: string | null;
	after_seat: string | null;
	sample: Generated<boolean>;
	added_at: Date;
	added_by: string;
	ended_at: Date | null;
	ended_by: string | null;
}

export interface CoalitionSecondContact {
	id: string;
	owner_city: string;
	room: Generated<string>;
	address: string;
	language: string;
	set_at: Date;
	set_by: string;
	ended_at: Date | null;
}

export interface Domain {
	name: string;
	type: string;
	organisation: string;
	suborganisation: string | null;
	city: string | null;
	state_code: string | null;
}

export interface DomainSource {
	only: Generated<boolean>;
	sha256: string;
	rows: number;
	imported_at: Date;
}

export interface Interest {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	place_id: string;
	office: string;
	standing: string;
	vote_day: string | null;
	helps: string[];
	note: string | null;
	email: string;
	language: string;
	proved_at: Date;
	keeper: string | null;
	matched_place: string | null;
	matched_at: Date | null;
	matched_by: string | null;
	called_at: Date | null;
	called_by: string | null;
	called_number: string | null;
	called_site: string | null;
	declined_at: Date | null;
	declined_by: string | null;
	declined_reason: string | null;
}

export interface InterestApproval {
	interest_id: string;
	person: string;
	owner_city: string | null;
	room: Generated<string>;
	at: Date;
}

export interface InterestRequest {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	place_id: string;
	office: string;
	standing: string;
	vote_day: string | null;
	helps: string[];
	note: string | null;
	email: string;
	language: string;
	asked_at: Date;
}

export interface Journal {
	position: GeneratedAlways<number>;
	at: Date;
	owner_city: string | null;
	room: string;
	noun: string;
	kind: string;
	subject: string;
	historic: Generated<boolean>;
	written_in: Generated<string>;
}

export interface LawRecord {
	id: string;
	jurisdiction: string;
	statement_en: string;
	statement_es: string | null;
	citation: string;
	address: string | null;
	as_of: string;
	review_due: string;
	note: string | null;
	draft_key: string | null;
	owner_city: string | null;
	room: Generated<string>;
	added_by: string;
	added_at: Date;
	reviewed_by: string | null;
	reviewed_at: Date | null;
	withdrawn_by: string | null;
	withdrawn_at: Date | null;
	withdrawn_reason: string | null;
}

export interface LibraryChange {
	xact: Generated<string>;
}

export interface LibraryCoding {
	work_id: string;
	expression_id: string;
	id: string;
	e_id: string;
	start_at: number;
	end_at: number;
	words: string;
	code: string;
	taxonomy: string;
	polarity: string;
	strength: string;
	note: string | null;
	author: string;
	at: Date;
	confirmed_by: string | null;
	confirmed_at: Date | null;
	withdrawn_by: string | null;
	withdrawn_at: Date | null;
	withdrawn_reason: string | null;
}

export interface LibraryDraft {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	name: string;
	blob_id: string;
	said: JsonColumn;
	corrections: Generated<JsonColumn>;
	made_by: string;
	made_at: Date;
}

export interface LibraryExpression {
	work_id: string;
	id: string;
	day: string;
	nth: Generated<number>;
	language: string;
	official: Generated<boolean>;
	title: string;
	text: string;
	amendments: Generated<JsonColumn>;
	problems: Generated<JsonColumn>;
	profile: string | null;
	format: string;
	reader: number;
	digest: string;
	source_name: string | null;
	source_sha256: string | null;
	source_address: string | null;
	source_retrieved: string | null;
	blob_id: string | null;
	published_at: Date | null;
	published_by: string | null;
	owner_city: string | null;
	room: Generated<string>;
	added_at: Date;
	added_by: string;
	corrected: Generated<boolean>;
}

export interface LibraryFact {
	work_id: string;
	id: string;
	kind: string;
	day: string;
	source: string;
	source_address: string | null;
	note: string | null;
	author: string;
	at: Date;
	withdrawn_at: Date | null;
	withdrawn_by: string | null;
	withdrawn_reason: string | null;
}

export interface LibraryIndex {
	work_id: string;
	expression_id: string;
	slot: GeneratedAlways<number>;
	current: boolean;
	cut: number;
	words: Buffer;
}

export interface LibraryLawNote {
	work_id: string;
	position: number;
	e_id: string;
	text: string;
	citations: Generated<JsonColumn>;
	status: Generated<string>;
	owner_city: string | null;
	room: Generated<string>;
	at: Date;
}

export interface LibraryNote {
	work_id: string;
	position: number;
	e_id: string;
	en: string;
	es: string;
}

export interface LibraryPaper {
	work_id: string;
	nth: number;
	kind: string;
	blob_id: string | null;
	sha256: string;
	size: number;
	author: string;
	at: Date;
	withdrawn_at: Date | null;
	withdrawn_reason: string | null;
}

export interface LibraryProvision {
	work_id: string;
	expression_id: string;
	position: number;
	e_id: string;
	parent: number | null;
	kind: string;
	number: string | null;
	heading: string | null;
	text: string;
	start_at: number;
	end_at: number;
	state: string;
	before: JsonColumn | null;
	redline: JsonColumn | null;
}

export interface LibraryProvisionAlias {
	work_id: string;
	expression_id: string;
	former_e_id: string;
	e_id: string;
	at: Date;
}

export interface LibraryRelation {
	work_id: string;
	id: string;
	kind: string;
	other_id: string | null;
	other: string;
	source: string;
	source_address: string | null;
	author: string;
	at: Date;
	withdrawn_at: Date | null;
	withdrawn_by: string | null;
	withdrawn_reason: string | null;
}

export interface LibrarySeed {
	name: string;
	digest: string;
	work_id: string;
	at: Date;
}

export interface LibraryWord {
	position: GeneratedAlways<number>;
	word: string;
	en: string;
	es: string;
}

export interface LibraryWork {
	id: string;
	address: string;
	place_id: string | null;
	state_code: string | null;
	instrument: string;
	number: string | null;
	title: string;
	language: string;
	form: string | null;
	blanks: Generated<JsonColumn>;
	summary: Generated<JsonColumn>;
	ask_counsel: Generated<boolean>;
	sample: Generated<boolean>;
	sample_place_id: GeneratedAlways<string | null>;
	owner_city: string | null;
	room: Generated<string>;
	added_at: Date;
	added_by: string;
	withdrawn_at: Date | null;
	withdrawn_by: string | null;
	withdrawn_reason: string | null;
}

export interface LibraryWorkAlias {
	former_address: string;
	work_id: string;
	at: Date;
}

export interface Migration {
	number: number;
	name: string;
	sha256: string;
	applied_at: Generated<Date>;
}

export interface Place {
	id: string;
	kind: string;
	name: string;
	folded: string;
	state_code: string;
	geoid: string | null;
	slug: string;
	legacy: Generated<boolean>;
	latitude: number | null;
	longitude: number | null;
	source: string;
	status: string | null;
	sample: Generated<boolean>;
}

export interface PlaceCounty {
	place_id: string;
	county_id: string;
}

export interface PlaceNeighbour {
	place_id: string;
	neighbour_id: string;
}

export interface PlaceSource {
	name: string;
	version: string;
	vintage: string | null;
	rows: number;
	added_at: Date;
}

export interface ReuseBackground {
	level: number;
	bytes: Buffer;
	made_at: Date;
}

export interface ReuseFingerprint {
	hash: number;
	slot: number;
	at: number;
	owner_city: string | null;
	room: Generated<string>;
}

export interface ReuseLink {
	work_id: string;
	expression_id: string;
	e_id: string;
	other_work_id: string;
	other_expression_id: string;
	other_e_id: string;
	same: number;
	terms: number;
	other_terms: number;
	owner_city: string | null;
	room: Generated<string>;
}

export interface ReuseText {
	work_id: string;
	expression_id: string;
	slot: GeneratedAlways<number>;
	digest: string;
	algorithm: string;
	terms: number;
	left_out: Generated<number>;
	owner_city: string | null;
	room: Generated<string>;
	compared_at: Date;
	keys: Buffer;
}

export interface WatchAgency {
	id: string;
	digest: string;
	state: string;
	state_code: string;
	name: string;
	names: string[];
	kind: string;
	type: string | null;
	county: string | null;
}

export interface WatchAgreement {
	id: string;
	digest: string;
	agency_id: string;
	model: string;
	signed: string | null;
	first_listed: Date;
	last_listed: Date;
	standing: string;
	moa: string | null;
	addendum: string | null;
	sha256: string;
	row: number;
}

export interface WatchAlias {
	former_id: string;
	id: string;
}

export interface WatchApplication {
	id: string;
	digest: string;
	agency_id: string;
	model: string;
	first_listed: Date;
	last_listed: Date;
	standing: string;
	agreement_id: string | null;
	sha256: string;
	row: number;
}

export interface WatchArea {
	id: string;
	digest: string;
	state_code: string;
	level: string | null;
	place_id: string | null;
	county_ids: string[];
	body: string;
	basis: string;
	near: boolean;
}

export interface WatchCorrection {
	id: string;
	at: Date;
	event_id: string;
	replaced_by: string | null;
	before_en: string;
	before_es: string;
	after_en: string | null;
	after_es: string | null;
	cause: string;
	reason: string | null;
	taken_back: string | null;
}

export interface WatchEvent {
	id: string;
	digest: string;
	kind: string;
	at: Date;
	place: number;
	list: string;
	state: string;
	state_code: string;
	agency_id: string;
	agency: string;
	agency_before: string | null;
	agreement_id: string | null;
	model: string;
	model_before: string | null;
	signed: string | null;
	signed_before: string | null;
	evidence: JsonColumn;
	confidence: string;
	baseline: boolean;
	statement_en: string;
	statement_es: string;
	withdrawn_at: Date | null;
	withdrawn_cause: string | null;
	replaced_by: string | null;
}

export interface WatchFetch {
	id: string;
	began_at: Date;
	ended_at: Date;
	outcome: string;
	code: string | null;
	detail: Generated<JsonColumn>;
	lists: Generated<number>;
}

export interface WatchFigure {
	id: string;
	digest: string;
	kind: string;
	modified: Date;
	rows: number;
	agreements: number;
	duplicate_rows: number;
	tfm: number;
	jem: number;
	wso: number;
	agencies: number;
	states: number;
}

export interface WatchLedger {
	only: Generated<boolean>;
	rules: number;
	lists: string;
	overrules: string;
	made_at: Date;
	places: Generated<string>;
}

export interface WatchList {
	sha256: string;
	kind: string | null;
	modified: Date | null;
	standing: string;
	refusal: string | null;
	refusal_detail: string | null;
	row_count: Generated<number>;
	reading: Buffer | null;
	reader: number;
	blob_id: string | null;
	sample: Generated<boolean>;
	added_at: Date;
}

export interface WatchOverrule {
	id: string;
	kind: string;
	subject: JsonColumn;
	reason: string;
	author: string;
	made_at: Date;
	withdrawn_at: Date | null;
}

export interface WatchProblem {
	sha256: string;
	position: number;
	code: string;
	row: number | null;
	column: string | null;
	detail: string;
}

export interface WatchQuarantine {
	id: string;
	digest: string;
	kind: string;
	unexplained: number;
	of: number;
}

export interface WatchReport {
	id: string;
	owner_city: string | null;
	room: Generated<string>;
	about: string;
	message: string;
	contact: string | null;
	at: Date;
	closed_at: Date | null;
	closed_reason: string | null;
}

export interface WatchReview {
	id: string;
	digest: string;
	reason: string;
	state: string;
	agency_ids: string[];
	sha256: string;
	rows: number[];
}

export interface WatchSighting {
	sha256: string;
	name: string;
	source: string;
	seen_at: Date;
}

export interface WatchStateFigure {
	id: string;
	digest: string;
	sha256: string;
	kind: string;
	modified: Date;
	state_code: string;
	agreements: number;
	tfm: number;
	jem: number;
	wso: number;
	agencies: number;
}

export interface WatchValidator {
	address: string;
	etag: string | null;
	last_modified: string | null;
	sha256: string;
	seen_at: Date;
}

export interface DB {
	access_account: AccessAccount;
	access_address_change: AccessAddressChange;
	access_attempt: AccessAttempt;
	access_key: AccessKey;
	access_passkey: AccessPasskey;
	access_session: AccessSession;
	access_two_factor: AccessTwoFactor;
	access_user: AccessUser;
	access_verification: AccessVerification;
	adoption_answer: AdoptionAnswer;
	adoption_certified: AdoptionCertified;
	adoption_certified_act: AdoptionCertifiedAct;
	adoption_comment: AdoptionComment;
	adoption_comment_state: AdoptionCommentState;
	adoption_counsel: AdoptionCounsel;
	adoption_decision: AdoptionDecision;
	adoption_draft: AdoptionDraft;
	adoption_edit: AdoptionEdit;
	adoption_packet: AdoptionPacket;
	adoption_party: AdoptionParty;
	adoption_presence: AdoptionPresence;
	adoption_question: AdoptionQuestion;
	adoption_quorum: AdoptionQuorum;
	adoption_quorum_allowed: AdoptionQuorumAllowed;
	adoption_rule: AdoptionRule;
	adoption_source: AdoptionSource;
	adoption_stage: AdoptionStage;
	adoption_suggestion: AdoptionSuggestion;
	adoption_template: AdoptionTemplate;
	adoption_upload: AdoptionUpload;
	adoption_wording: AdoptionWording;
	adoption_written: AdoptionWritten;
	alert_line: AlertLine;
	alert_mark: AlertMark;
	alert_place: AlertPlace;
	alert_reader: AlertReader;
	alert_request: AlertRequest;
	audit_chain: AuditChain;
	audit_entry: AuditEntry;
	audit_personal: AuditPersonal;
	blob: Blob;
	coalition_contact: CoalitionContact;
	coalition_fact: CoalitionFact;
	coalition_invitation: CoalitionInvitation;
	coalition_loss: CoalitionLoss;
	coalition_loss_approval: CoalitionLossApproval;
	coalition_loss_request: CoalitionLossRequest;
	coalition_matter: CoalitionMatter;
	coalition_member: CoalitionMember;
	coalition_party: CoalitionParty;
	coalition_publication: CoalitionPublication;
	coalition_seat: CoalitionSeat;
	coalition_second_contact: CoalitionSecondContact;
	domain: Domain;
	domain_source: DomainSource;
	interest: Interest;
	interest_approval: InterestApproval;
	interest_request: InterestRequest;
	journal: Journal;
	law_record: LawRecord;
	library_change: LibraryChange;
	library_coding: LibraryCoding;
	library_draft: LibraryDraft;
	library_expression: LibraryExpression;
	library_fact: LibraryFact;
	library_index: LibraryIndex;
	library_law_note: LibraryLawNote;
	library_note: LibraryNote;
	library_paper: LibraryPaper;
	library_provision: LibraryProvision;
	library_provision_alias: LibraryProvisionAlias;
	library_relation: LibraryRelation;
	library_seed: LibrarySeed;
	library_word: LibraryWord;
	library_work: LibraryWork;
	library_work_alias: LibraryWorkAlias;
	migration: Migration;
	place: Place;
	place_county: PlaceCounty;
	place_neighbour: PlaceNeighbour;
	place_source: PlaceSource;
	reuse_background: ReuseBackground;
	reuse_fingerprint: ReuseFingerprint;
	reuse_link: ReuseLink;
	reuse_text: ReuseText;
	watch_agency: WatchAgency;
	watch_agreement: WatchAgreement;
	watch_alias: WatchAlias;
	watch_application: WatchApplication;
	watch_area: WatchArea;
	watch_correction: WatchCorrection;
	watch_event: WatchEvent;
	watch_fetch: WatchFetch;
	watch_figure: WatchFigure;
	watch_ledger: WatchLedger;
	watch_list: WatchList;
	watch_overrule: WatchOverrule;
	watch_problem: WatchProblem;
	watch_quarantine: WatchQuarantine;
	watch_report: WatchReport;
	watch_review: WatchReview;
	watch_sighting: WatchSighting;
	watch_state_figure: WatchStateFigure;
	watch_validator: WatchValidator;
}
