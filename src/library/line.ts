/** Signs that steer a terminal or turn the direction of what follows: what is read is then not what is kept. */
const STEERING = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** What a person typed as one line of plain words. */
export function line(text: string): string {
	return text.replace(STEERING, ' ').replace(/ {2,}/g, ' ').trim().toWellFormed();
}

/** Whether a link may lead there: pages of the web only, in one word without quotes and brackets. */
export function isWebAddress(text: string): boolean {
	return /^https?:\/\/[^\s"<>\\^`{|}\p{C}]+$/iu.test(text);
}
