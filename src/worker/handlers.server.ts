import { SYSTEM } from '#access/actor.ts';
import { tellFormer } from '#access/address.server.ts';
import { sendNotice } from '#access/notice.server.ts';
import { writeAssigned, writeNewer, writeToCounsel } from '#adoption/letter.server.ts';
import { tellNewer } from '#adoption/overtaken.server.ts';
import { forgetPresence } from '#adoption/write/presence.server.ts';
import { prove } from '#alerts/ask.server.ts';
import { gather } from '#alerts/gather.server.ts';
import type { Site } from '#alerts/link.server.ts';
import { follow } from '#alerts/reader.server.ts';
import { send } from '#alerts/send.server.ts';
import { tellContact, writeContact } from '#coalition/contact-letter.server.ts';
import { forgetUnproved, proveInterest } from '#coalition/interest.server.ts';
import { lapseLosses, openLoss } from '#coalition/loss.server.ts';
import { tellLoss, writeLoss } from '#coalition/loss-letter.server.ts';
import { CHANGED, NEWER } from '#library/add.server.ts';
import { forgetDrafts } from '#library/drafts.server.ts';
import type { Hourly, Task } from '#platform/queue.server.ts';
import type { World } from '#platform/world.ts';
import { compareTexts } from '#reuse/compare.server.ts';
import { fetchDaily } from '#watch/fetch/daily.server.ts';
import type { Source } from '#watch/fetch/source.server.ts';
import { concerning, notices } from '#watch/notice.server.ts';
import { rebuild } from '#watch/rebuild.server.ts';

/** Letters are asked for whenever a ledger was made; and by the hour, for what the mail server did not take at once. */
export const HOURLY: Hourly = { task: 'alerts.gather', key: 'alerts.gather', minute: 23 };

/** What nobody proved or carried on is erased also where nobody else asks. */
export const FORGETTING: Hourly = { task: 'coalition.forget', key: 'coalition.forget', minute: 41 };

/** Texts that were laid aside and never finished. */
export const FORGETTING_DRAFTS: Hourly = { task: 'library.forget', key: 'library.forget', minute: 47 };

/** Who had a draft open, where nobody of their city opens one again. */
export const FORGETTING_PRESENCE: Hourly = { task: 'adoption.forget', key: 'adoption.forget', minute: 53 };

/** What each job does: one verb, no logic. `source`: null where nobody is asked for lists by itself. `site`: what links in mail are made with. */
export function handlers(source: Source | null, site: Site, world: World): Readonly<Record<string, Task>> {
	return {
		'watch.rebuild': async () => {
			await rebuild(world);
			await world.db.as(SYSTEM, (tx) => world.queue.add(tx, HOURLY.task, {}, HOURLY.key));
		},
		'watch.fetch': async ({ tries }) => {
			if (source) await fetchDaily(tries, source, world);
		},
		'access.notice': ({ person = '', notice = '', at = '' }) => sendNotice({ person, notice, at }, site.origin, world),
		'access.address_changed': ({ change = '' }) =>
			tellFormer(change, site.origin, (from, to) => follow(from, to, world), world),
		'coalition.prove': ({ request = '' }) => proveInterest(request, site.origin, world),
		'coalition.forget': async () => {
			await forgetUnproved(world);
			await lapseLosses(world);
		},
		'coalition.loss': ({ request = '' }) => openLoss(request, world),
		'coalition.loss_told': ({ loss = '' }) => tellLoss(loss, world),
		'coalition.loss_letter': ({ loss = '', to = '' }) => writeLoss({ loss, to }, site.origin, world),
		'coalition.contact_told': ({ contact = '' }) => tellContact(contact, world),
		'coalition.contact_letter': ({ contact = '', to = '' }) => writeContact({ contact, to }, site.origin, world),
		'adoption.counsel_letter': ({ draft = '', to = '' }) => writeToCounsel({ draft, to }, site.origin, world),
		'adoption.assigned': ({ draft = '', to = '' }) => writeAssigned({ draft, to }, site.origin, world),
		'adoption.newer_letter': ({ to = '' }) => writeNewer(to, site.origin, world),
		[NEWER]: ({ work = '' }) => tellNewer(work, world),
		'adoption.forget': () => forgetPresence(world),
		'library.forget': () => forgetDrafts(world),
		[CHANGED]: async () => {
			await compareTexts(world);
		},
		'alerts.gather': () => gather(concerning, world),
		'alerts.prove': ({ request = '' }) => prove(request, site, world),
		'alerts.send': ({ reader = '' }) => send(reader, notices, site, world),
	};
}
