/** Who may read: everybody; the members; one city; one city's counsel; the parties of a joint matter. */
export type Room = 'public' | 'members' | 'city' | 'counsel' | 'joint';
