import type { Reroute } from '@sveltejs/kit';
import { splitPath } from '#i18n/language.ts';

/** Spanish addresses are the English ones under `/es`: the same routes answer both. */
export const reroute: Reroute = ({ url }) => splitPath(url.pathname).path;
