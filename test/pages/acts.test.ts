import { afterAll, describe, expect, test } from 'vitest';
import { answer } from '#adoption/answers.server.ts';
import { packetSaid } from '#adoption/program/packet.server.ts';
import { comment } from '#adoption/remark/remarks.server.ts';
import { stateOf } from '#adoption/state.server.ts';
import { saveWords } from '#adoption/words.server.ts';
import { addDays, type Day, dayAt } from '#kernel/day.ts';
import { readConfig } from '#platform/config.server.ts';
import { openWorld } from '#platform/world.server.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { signedIn } from '../access/signed-in.ts';
import { adopted, fillAll } from '../adoption/adopted.ts';
import { begun } from '../adoption/begun.ts';
import { p, templateOf, wordsOf } from '../adoption/templates.ts';
import { browserPath, openBrowser } from './browser.ts';
import { sampleCity } from './city.ts';
import { startSite } from './site.ts';
import { faults, PATIENCE, picture, walking } from './walking.ts';

const site = await startSite();
const world = await openWorld({ config: readConfig({ COMPACT_DATA: site.data }), write: () => undefined });
afterAll(() => world.close());
const clerk = await signedIn(world, { role: 'member', placeId: await sampleCity('wexmoor', world) });
const { actor } = clerk;
const visit = walking(site, await openBrowser());

const got = (path: string) => fetch(site.origin + path, { headers: { cookie: clerk.cookie }, redirect: 'manual' });
const page = async (path: string) =>
	(await (await got(path)).text()).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
const send = (path: string, fields: Readonly<Record<string, string>> | FormData) =>
	fetch(site.origin + path, {
		method: 'POST',
		headers: { cookie: clerk.cookie, origin: site.origin, accept: 'text/html' },
		body: fields instanceof FormData ? fields : new URLSearchParams(fields),
		redirect: 'manual',
	});

/** A draft with every blank filled, and a packet that was said. */
async function ready(title: string, path: string, number: string): Promise<string> {
	const id = await begun(title, actor, world, { path });
	await fillAll(id, 'Town of Wexmoor', actor, world);
	const said = { title, number, day: '', sponsor: '', summary: '', fiscal: '', parts: 'text', look: 'chicago' };
	expect((await send(`/adoption/${id}/packet?/save`, said)).status).toBe(303);
	return id;
}

test('a directive is signed by the head of the police and voted on by nobody, in packet, on pages and in the record', async () => {
	const id = await ready('Contact with agents', 'coalition/police-directive/2026-11-26', '7.14');
	const packet = await page(`/adoption/${id}/packet`);
	expect(packet).toMatch(/Number of the order, if it has one[\s\S]*Day on which it is to be issued[\s\S]*Prepared by/);
	expect(packet).not.toMatch(/agenda|council|Ordinance/i);
	const words = async () =>
		wordsOf(new Uint8Array(await (await got(`/adoption/${id}/packet/file.docx`)).arrayBuffer())).join('\n');
	expect(await words()).toMatch(
		/General Order No\. 7\.14\n[\s\S]*Issued by the Town of Wexmoor on ____________, 20__\.\nTown of Wexmoor/,
	);
	expect(await words()).not.toMatch(/council|Ordinance|Attest/i);

	// The city's own template is for its council: it is left aside, and the page says so.
	const form = new FormData();
	const council = templateOf(
		p('Body', 'ORDINANCE NO. {number}') + p('Body', '{text}') + p('Body', 'Passed by the Council'),
	);
	form.set('file', new File([Buffer.from(council)], 'ours.docx'));
	expect((await send('/adoption/template?/send', form)).status).toBe(303);
	expect(await page(`/adoption/${id}/packet`)).toContain(
		'The template of your city, ours.docx, speaks of the council.',
	);
	expect(await words()).not.toMatch(/council|Ordinance/i);
	await send('/adoption/template?/drop', {});

	const record = await page(`/adoption/${id}/adopted`);
	expect(record).toContain('Day on which it was issued');
	expect(record).not.toMatch(/\bvote|council/i);
	expect(await (await got(`/adoption/${id}/adopted`)).text()).toContain('value="General Order 7.14"');
	expect(await page(`/es/adoption/${id}/adopted`)).toContain('Registrar que se emitió');
	expect(await page(`/adoption/${id}`)).toContain('Record that it was issued');
	const said = { number: 'General Order 7.15', adopted: '2026-11-20', vote: '5 to 2', in_force: '', sure: 'yes' };
	const voted = await send(`/adoption/${id}/adopted?/record`, said);
	expect([voted.status, await voted.text()]).toEqual([400, expect.stringContaining('No body votes on this.')]);
	expect((await send(`/adoption/${id}/adopted?/record`, { ...said, vote: '' })).status).toBe(303);
	const { draft } = await world.db.as(actor, (tx) => stateOf(id, actor, tx));
	expect(draft.became).toBe('zz/place/wexmoor/general-order-715');
});

test('an ordinance is passed by the body that the city named, and the record offers the number of the packet', async () => {
	const id = await ready('Judicial warrants', 'coalition/detainers/2026-11-26', '2027-3');
	const file = await got(`/adoption/${id}/packet/file.docx`);
	expect(wordsOf(new Uint8Array(await file.arrayBuffer())).join('\n')).toMatch(
		/Ordinance No\. 2027-3[\s\S]*Passed by the Town of Wexmoor on ____________, 20__\.\nPresiding officer\nAttest: City Clerk/,
	);
	expect(await (await got(`/adoption/${id}/adopted`)).text()).toContain('value="Ordinance 2027-3"');
	expect(await page(`/adoption/${id}/adopted`)).toMatch(/Day of the vote[\s\S]*Vote, as in the minutes/);
});

test('the policy says what it was modelled on where its city agreed, and else what dates tell', async () => {
	for (const [number, tellsSources] of [
		['Ordinance 2026-81', true],
		['Ordinance 2026-82', false],
	] as const) {
		const id = await begun('Judicial warrants', actor, world);
		await fillAll(id, 'Town of Wexmoor', actor, world);
		// On the day after the model: dates are all that tells which was earlier.
		const at = await adopted(id, { number, tellsSources, adopted: '2026-11-27' as Day }, actor, world);
		await compareTexts(world);
		const words = await page(`/library/${at}`);
		const says = `stand here. Modeled on it, as recorded: ${number}`;
		expect([words.includes(says), words.includes('Inferred from dates.')]).toEqual([tellsSources, !tellsSources]);
	}
	expect(await page('/es/library/zz/place/wexmoor/ordinance-2026-81')).toContain('La tomó como modelo, según consta:');
});

test('packet and record say what to look at, with a link to each, and nothing where nothing is found', async () => {
	const id = await begun('Judicial warrants', actor, world);
	await fillAll(id, 'the City Manager', actor, world);
	const title = 'Check before you print';
	const found = async (page: string) => {
		const html = await (await got(`/adoption/${id}/${page}`)).text();
		const [, list = ''] = /id="check-title">[\s\S]*?<ul>([\s\S]*?)<\/ul>/.exec(html) ?? [];
		return [...list.matchAll(/href="([^"]*)">([^<]*)</g)].map(([, href = '', says = '']) => ({ href, says }));
	};
	const first = await found('packet');
	expect(first[1]?.says).toMatch(/^\d+ places have two articles beside each other, first Recital 1: “the the City”\.$/);
	expect(first.every(({ href }) => href.startsWith(`/adoption/${id}#p`))).toBe(true);
	// The day that was answered is over: that comes first.
	expect(first[0]?.says).toMatch(/^Section 15.* says that it takes effect on .*2026\. That day is over\.$/);
	await fillAll(id, 'Town of Wexmoor', actor, world, ['effective_date']);
	const later = { effective_date: addDays(dayAt(world.clock.now()), 90) };
	await world.db.as(actor, (tx) => answer(id, later, actor, world, tx));
	expect(await found('packet')).toEqual([]);
	expect(await page(`/adoption/${id}/packet`)).not.toContain(title);

	const { provisions } = await world.db.as(actor, (tx) => stateOf(id, actor, tx));
	const at = provisions.find(({ text }) => text.includes('section 3(d)')) ?? provisions[0];
	await world.db.as(actor, async (tx) => {
		const { seq } = await stateOf(id, actor, tx);
		const typed = { heading: at?.heading ?? '', words: `${at?.text} See section 99.` };
		await saveWords(id, at?.id ?? '', { typed, since: seq }, actor, world, tx);
		const note = { provision: at?.id ?? '', words: '', text: 'Is this right?', room: 'city', since: seq + 1 } as const;
		await comment(id, note, actor, world, tx);
	});
	for (const where of ['packet', 'adopted'])
		expect(await found(where)).toEqual([
			{
				href: `/adoption/${id}#${at?.id}`,
				says: expect.stringContaining('refers to “section 99”, which this draft does not have.'),
			},
			{ href: `/adoption/${id}/remarks`, says: '1 comment is open.' },
		]);
	expect(await page(`/es/adoption/${id}/adopted`)).toMatch(/Revise antes de registrar[\s\S]*remite a «section 99»/);
	const said = await packetSaid(id, actor, world);
	expect(said.check.map(({ what, provision }) => [what, provision])).toEqual([
		['reference', at?.id],
		['remarks', null],
	]);
});

describe.skipIf(browserPath() === null)('in a browser', () => {
	test(
		'packet and record of a directive are whole with what there is to look at, in both languages',
		async () => {
			const id = await begun('Contact with agents', actor, world, { path: 'coalition/police-directive/2026-11-26' });
			await fillAll(id, 'the Chief of Police', actor, world);
			for (const name of ['packet', 'adopted'])
				await picture((await visit(`/adoption/${id}/${name}`, clerk.cookie)).page, `act-${name}`);
			const paths = [`/adoption/${id}/adopted`, `/es/adoption/${id}/packet`];
			expect(
				await faults(
					visit,
					paths.map((path) => [path, clerk.cookie]),
				),
			).toEqual([]);
		},
		PATIENCE,
	);
});
