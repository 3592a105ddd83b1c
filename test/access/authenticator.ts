import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A passkey in software, with what it can be made to do wrong. */
export interface Authenticator {
	/** Answers what a site asks of a new passkey. */
	make(options: { challenge: string; rp: { id?: string } }, lies?: Lies): string;
	/** Answers what a site asks of somebody who signs in. */
	show(options: { challenge: string }, lies?: Lies): string;
}
export interface Lies {
	readonly origin?: string;
	readonly site?: string;
	readonly challenge?: string;
	/** false: its owner was not asked. */
	readonly verified?: boolean;
	readonly counter?: number;
	readonly key?: KeyObject;
}

/** A passkey of its own for an origin (WebAuthn Level 2: ES256, no attestation). */
export function authenticator(origin: string): Authenticator {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const id = randomBytes(16);
	let count = 0;
	const client = (type: string, challenge: string, lies: Lies) =>
		Buffer.from(
			JSON.stringify({
				type,
				challenge: lies.challenge ?? challenge,
				origin: lies.origin ?? origin,
				crossOrigin: false,
			}),
		);
	const data = (lies: Lies, attested: boolean) => {
		const flags = 0x01 | (lies.verified === false ? 0 : 0x04) | (attested ? 0x40 : 0);
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(lies.counter ?? ++count);
		const site = createHash('sha256')
			.update(lies.site ?? new URL(origin).hostname)
			.digest();
		return Buffer.concat([site, Buffer.from([flags]), counter]);
	};
	const named = {
		id: id.toString('base64url'),
		rawId: id.toString('base64url'),
		type: 'public-key',
		clientExtensionResults: {},
	};
	return {
		make({ challenge }, lies = {}) {
			const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
			const cose = Buffer.concat([
				Buffer.from('a5010203262001215820', 'hex'),
				Buffer.from(x, 'base64url'),
				Buffer.from('225820', 'hex'),
				Buffer.from(y, 'base64url'),
			]);
			const auth = Buffer.concat([data(lies, true), Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
			const length = Buffer.from([0x58, auth.length]);
			const object = Buffer.concat([
				Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
				length,
				auth,
			]);
			const response = {
				clientDataJSON: client('webauthn.create', challenge, lies).toString('base64url'),
				attestationObject: object.toString('base64url'),
				transports: ['internal'],
			};
			return JSON.stringify({ ...named, response });
		},
		show({ challenge }, lies = {}) {
			const auth = data(lies, false);
			const said = client('webauthn.get', challenge, lies);
			const signed = Buffer.concat([auth, createHash('sha256').update(said).digest()]);
			const response = {
				clientDataJSON: said.toString('base64url'),
				authenticatorData: auth.toString('base64url'),
				signature: sign('sha256', signed, lies.key ?? privateKey).toString('base64url'),
			};
			return JSON.stringify({ ...named, response });
		},
	};
}
