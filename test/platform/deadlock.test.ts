import { expect, test } from 'vitest';
import { untangled } from '#platform/deadlock.server.ts';

const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' });

/** Fails with each error in turn, then gives how often it ran. */
function failing(...errors: readonly Error[]) {
	let ran = 0;
	return async () => {
		const error = errors[ran++];
		if (error) throw error;
		return ran;
	};
}

test('what PostgreSQL ended over a deadlock is carried out again', async () => {
	expect(await untangled(failing(deadlock, deadlock))).toBe(3);
});

test('it is not carried out forever', async () => {
	await expect(untangled(failing(deadlock, deadlock, deadlock))).rejects.toThrow('deadlock detected');
});

test('any other error is thrown at once', async () => {
	await expect(untangled(failing(new Error('nothing to do with it')))).rejects.toThrow('nothing to do with it');
});
