/** What was sent; the fault where it is more than the server takes, or broke off on the way. */
export async function sentForm(request: Request): Promise<FormData | { readonly fault: 'large' | 'cut' }> {
	try {
		return await request.formData();
	} catch (error) {
		return { fault: (error as { status?: number }).status === TOO_LARGE ? 'large' : 'cut' };
	}
}
export const TOO_LARGE = 413;

/** Files of a field that somebody chose: a browser sends one without name and bytes where nobody did. */
export function chosenFiles(form: FormData, name: string): readonly File[] {
	return form.getAll(name).filter((value) => value instanceof File && (value.name !== '' || value.size > 0)) as File[];
}
