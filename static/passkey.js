// Asks for a passkey where a form says so. Without this file the forms beside it do the same with a password.
const encode = (buffer) =>
	buffer &&
	btoa(String.fromCharCode(...new Uint8Array(buffer)))
		.replaceAll('+', '-')
		.replaceAll('/', '_')
		.replaceAll('=', '');
const decode = (text) =>
	Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));
const named = (list = []) => list.map((one) => ({ ...one, id: decode(one.id) }));

async function make(options) {
	const user = { ...options.user, id: decode(options.user.id) };
	const excludeCredentials = named(options.excludeCredentials);
	const made = await navigator.credentials.create({
		publicKey: { ...options, challenge: decode(options.challenge), user, excludeCredentials },
	});
	const { clientDataJSON, attestationObject } = made.response;
	return { made, response: { clientDataJSON: encode(clientDataJSON), attestationObject: encode(attestationObject) } };
}

async function show(options) {
	const allowCredentials = named(options.allowCredentials);
	const made = await navigator.credentials.get({
		publicKey: { ...options, challenge: decode(options.challenge), allowCredentials },
	});
	const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
	return {
		made,
		response: {
			clientDataJSON: encode(clientDataJSON),
			authenticatorData: encode(authenticatorData),
			signature: encode(signature),
			userHandle: encode(userHandle) ?? undefined,
		},
	};
}

for (const part of document.querySelectorAll('[data-passkey]')) {
	if (!window.PublicKeyCredential) continue;
	const form = part.querySelector('form');
	const failed = part.querySelector('[role=alert]');
	part.hidden = false;
	form.addEventListener('submit', async (event) => {
		event.preventDefault();
		failed.hidden = true;
		try {
			const asked = await fetch(part.dataset.passkey, { method: 'POST' });
			if (!asked.ok) throw new Error(String(asked.status));
			const options = await asked.json();
			const { made, response } = await (options.user ? make(options) : show(options));
			const { id, type } = made;
			form.elements.answer.value = JSON.stringify({ id, rawId: id, type, response, clientExtensionResults: {} });
			form.submit();
		} catch {
			failed.hidden = false;
		}
	});
}
