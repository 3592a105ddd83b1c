import { Agent, get } from 'node:http';

/** What an open loop found: every request is sent at its time, whether or not earlier ones were answered. */
export interface Load {
	readonly sent: number;
	readonly errors: number;
	/** Milliseconds from the moment a request was due to the end of its answer. */
	readonly median: number;
	readonly p99: number;
}

/** Sends `rate` requests a second for `seconds` to the pages in turn, without waiting for answers. Bodies are read and dropped. */
export async function openLoop(pages: readonly string[], rate: number, seconds: number): Promise<Load> {
	const agent = new Agent({ keepAlive: true, maxSockets: 256 });
	const times: number[] = [];
	let errors = 0;
	const total = rate * seconds;
	const begun = performance.now();
	const answers: Promise<void>[] = [];
	for (let sent = 0; sent < total; ) {
		const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * rate) + 1);
		for (; sent < due; sent++) {
			const at = begun + (sent / rate) * 1000;
			answers.push(
				ask(pages[sent % pages.length] ?? '', agent).then(
					() => void times.push(performance.now() - at),
					() => void errors++,
				),
			);
		}
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
	await Promise.all(answers);
	agent.destroy();
	times.sort((a, b) => a - b);
	const at = (share: number): number =>
		times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
	return { sent: total, errors, median: at(0.5), p99: at(0.99) };
}

/** Longest wait for one answer, in milliseconds. */
const PATIENCE = 10_000;

function ask(url: string, agent: Agent): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = get(url, { agent, headers: { 'accept-encoding': 'br' }, timeout: PATIENCE }, (response) => {
			response.resume();
			response.on('end', () =>
				response.statusCode === 200 ? resolve() : reject(new Error(String(response.statusCode))),
			);
			response.on('error', reject);
		});
		request.on('timeout', () => request.destroy(new Error('No answer in time.')));
		request.on('error', reject);
	});
}
