import type { Provision } from '../provision.ts';
import type { Paper } from './outgoing.ts';
import { headingGap } from './stretch.ts';
import { depths } from './tree.ts';

const STEP = '  ';
/** Beyond this an indent tells nobody anything. */
const DEEPEST = 12;
const REDLINE = 'This act amends: the text below reads as it does after the act. What the act removed is left out.';

/**
 * The text as plain text, a line each: one provision a paragraph, indented by level, the number before the words. It
 * reads as the text does after the act; what the act removed is left out, and the head says so.
 */
export function* toPlainText({ head, provisions }: Paper): Generator<string> {
	yield `${head.title}\n\n`;
	for (const notice of head.notices) yield `${notice}\n`;
	if (head.unmarked) yield `${head.unmarked}\n`;
	yield '\n';
	for (const { name, value } of head.origin) yield `${name}: ${value}\n`;
	if (provisions.some(({ state }) => state !== 'same')) yield `\n${REDLINE}\n`;
	const depth = depths(provisions);
	for (const [index, provision] of provisions.entries()) {
		const words = provision.state === 'removed' ? '' : line(provision);
		if (words === '') continue;
		const indent = STEP.repeat(Math.min(depth[index] ?? 0, DEEPEST));
		yield `\n${indent}${words.replaceAll('\n', `\n${indent}`)}\n`;
	}
}

function line({ number, heading, text }: Provision): string {
	const words = heading && text ? `${heading}${headingGap(heading)}${text}` : heading || text;
	return [number, words].filter((part) => part !== null && part !== '').join(' ');
}
