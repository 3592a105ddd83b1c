/** Who may read: everybody; the members; one city; one city's counsel; the parties of a joint matter. */
export const ROOMS = ['public', 'members', 'city', 'counsel', 'joint'] as const;
export type Room = (typeof ROOMS)[number];
