import type { Language } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import type { World } from '#platform/world.ts';
import { lawFor } from './records.server.ts';
import { lawSentence } from './sentence.ts';

/** What is said of the law of a state, by its postal code, wherever words of a policy or a draft go out. Takes a connection of its own. */
export async function lawSaid(
	code: string | null,
	language: Language,
	world: Pick<World, 'db' | 'clock'>,
): Promise<string> {
	return lawSentence(await lawFor(code, world), speech(language));
}
