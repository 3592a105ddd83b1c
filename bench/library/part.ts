import type { Measures } from '../measure.ts';

/** One part of the bench: reads below the data folder, says what a person should see, gives its figures. */
export type Part = (data: string, say: (line: string) => void) => Promise<Measures>;
