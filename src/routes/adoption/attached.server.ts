/** A file that is saved and shown nowhere, for whoever asked and for no cache. `name`: without quotation marks. */
export function attached(
	{ bytes, mediaType, name }: { readonly bytes: Uint8Array; readonly mediaType: string; readonly name: string },
	cached = 'no-store',
): Response {
	return new Response(Buffer.from(bytes), {
		headers: {
			'content-type': mediaType,
			'content-length': String(bytes.byteLength),
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': cached,
		},
	});
}
