import { COUNT, type Field, INSTANT, orNull, TEXT } from '#kernel/field.ts';
import type { EditAct } from '../draft.ts';

/** An edit, with the name of who made it. */
export interface EditView {
	readonly seq: number;
	readonly act: EditAct;
	readonly provision: string | null;
	readonly by: string | null;
	readonly at: Date;
}

export const EDIT_FIELDS: readonly Field<EditView>[] = [
	{ name: 'seq', schema: COUNT, meaning: 'edit.seq', heading: 'Draft', align: 'right', of: (e) => e.seq },
	{ name: 'act', schema: TEXT, meaning: 'edit.act', heading: 'What', of: (e) => e.act },
	{ name: 'provision', schema: orNull(TEXT), meaning: 'edit.provision', heading: 'Provision', of: (e) => e.provision },
	{ name: 'by', schema: orNull(TEXT), meaning: 'edit.by', heading: 'By', of: (e) => e.by },
	{ name: 'at', schema: INSTANT, meaning: 'edit.at', heading: 'When', of: (e) => e.at.toISOString() },
];
