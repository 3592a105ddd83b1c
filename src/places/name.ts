const MARKS = /\p{M}/gu;
/** Apostrophes of every make (the ʻokina among them) and full stops: written or left out as one likes. */
const SILENT = /['’‘ʻʼ`´.]/g;
/** Words that are written in two ways, as one. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
	st: 'saint',
	ste: 'saint',
	sainte: 'saint',
	ft: 'fort',
	mt: 'mount',
	twp: 'township',
};

/**
 * A name as searches and comparisons see it: lower case, without accents, apostrophes and full stops, other punctuation
 * as one space, St./Ste., Ft., Mt. and Twp. written out. `Ste. Genevieve County` and `Sainte Genevieve County` are one. Co. stays: it is Colorado, too.
 */
export function foldPlace(text: string): string {
	return plain(text)
		.replaceAll('&', ' and ')
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== '')
		.map((word) => WRITTEN_OUT[word] ?? word)
		.join(' ');
}

/** A word of a name in every way it is written, in its own case: Saint, St. and Ste. of St., and nothing but itself of most. */
export function writingsOf(word: string): readonly string[] {
	const plain = word.replaceAll('.', '').toLowerCase();
	const whole = WRITTEN_OUT[plain] ?? plain;
	const alike = Object.entries(WRITTEN_OUT).flatMap(([short, long]) => (long === whole ? [`${short}.`] : []));
	if (alike.length === 0) return [word];
	const capitals = word === word.toUpperCase();
	return [whole, ...alike].map((one) => (capitals ? one.toUpperCase() : one[0]?.toUpperCase() + one.slice(1)));
}

/** A name as the last piece of an address: `St. Mary's County` is `st-marys-county`. */
export function slugOf(name: string): string {
	return plain(name)
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== '')
		.join('-');
}

/**
 * A name as the value in an OCD id (opencivicdata.org, Open Civic Data Proposal 2): lower case, spaces as `_`, the
 * apostrophe as `~`, full stops left out. The proposal allows accented letters; here they lose their marks, because our
 * two sources disagree about them and an id must not hang on that.
 */
export function ocdName(name: string): string {
	return unmarked(name)
		.toLowerCase()
		.replace(/['’‘ʻʼ`´]/g, '~')
		.replaceAll('.', '')
		.replace(/[^a-z0-9~-]+/g, '_')
		.replace(/^_+|_+$/g, '');
}

function plain(text: string): string {
	return unmarked(text).replace(SILENT, '').toLowerCase();
}

/** Nearly every name is plain ASCII: seeing that is faster than taking it apart. */
function unmarked(text: string): string {
	return /[^ -~]/.test(text) ? text.normalize('NFD').replace(MARKS, '') : text;
}
