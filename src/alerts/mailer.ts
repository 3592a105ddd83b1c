import type { Acting } from '#platform/world.ts';

/** Whoever reads addresses: the system's jobs and the verbs of this noun, never a person in a seat, nor at the terminal. */
export const MAILER: Acting = { role: 'system', city: null };
