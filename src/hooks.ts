import type { Reroute } from '@sveltejs/kit';
import { splitPath } from '#i18n/language.ts';

/** Where nothing is. */
const NOWHERE = '/-';

/**
 * Spanish addresses are the English ones under `/es`: the same routes answer both. A path with the character that no
 * database takes leads nowhere, whatever route it would fit.
 */
export const reroute: Reroute = ({ url }) => (url.pathname.includes('%00') ? NOWHERE : splitPath(url.pathname).path);
