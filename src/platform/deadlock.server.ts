/** What PostgreSQL says to a transaction that it ended because it and another waited for each other. */
const DEADLOCK = '40P01';
const TIMES = 3;

/**
 * Carries a transaction out, and again from its beginning where PostgreSQL ended it because it and another waited for each
 * other; three times in all, then the error is thrown. `work` begins the transaction, and leaves nothing behind outside it.
 */
export async function untangled<T>(work: () => Promise<T>): Promise<T> {
	for (let time = 1; ; time++) {
		try {
			return await work();
		} catch (error) {
			if (time === TIMES || (error as { code?: string }).code !== DEADLOCK) throw error;
		}
	}
}
