import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** What an office does with a file before it writes down its words: as somebody does from its menu. */
export type Deed = 'accept' | 'reject' | 'open';

/** A Word file for an office. */
export interface Job {
	readonly bytes: Uint8Array;
	readonly deed: Deed;
}

const COMMANDS: Readonly<Record<Deed, string>> = {
	accept: '.uno:AcceptAllTrackedChanges',
	reject: '.uno:RejectAllTrackedChanges',
	open: '',
};
/** A start takes some seconds, a file less than one; beyond this it hangs. */
const START_MS = 120_000;
const FILE_MS = 5_000;

/** Where LibreOffice is; null where it is not installed. */
export function findOffice(): string | null {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return folders.map((folder) => join(folder, 'soffice')).find((path) => existsSync(path)) ?? null;
}

/**
 * The lines of each file as LibreOffice has them after the deed, in one run of it. Throws where a file did not come out: it
 * could not be opened, or the office hung.
 */
export async function throughOffice(office: string, jobs: readonly Job[]): Promise<readonly (readonly string[])[]> {
	const rows = jobs.map(({ bytes, deed }) => ({ bytes, words: [COMMANDS[deed]] }));
	return (await written(office, 'AsWords', rows, 'txt')).map((file) =>
		file
			.toString('utf8')
			.replace(/^\ufeff/, '')
			.replace(/\n$/, '')
			.split('\n'),
	);
}

/**
 * A Word file as it comes back from somebody who turned on tracking in LibreOffice, replaced words, and saved it as Word file.
 * @param edits what is searched, as it is written, and what is put in its place everywhere
 */
export async function trackedInOffice(
	office: string,
	bytes: Uint8Array,
	edits: readonly (readonly [from: string, to: string])[],
): Promise<Uint8Array> {
	const [file] = await written(office, 'Tracked', [{ bytes, words: edits.flat() }], 'docx');
	if (!file) throw new Error('LibreOffice wrote no file.');
	return file;
}

/** Runs a macro over files, each with words for it, and gives what it wrote. */
async function written(
	office: string,
	macro: 'AsWords' | 'Tracked',
	rows: readonly { readonly bytes: Uint8Array; readonly words: readonly string[] }[],
	ending: string,
): Promise<readonly Buffer[]> {
	const folder = mkdtempSync(join(tmpdir(), 'compact-office-'));
	try {
		const profile = join(folder, 'profile');
		// The first start makes the profile, and would write over what is put there before it.
		await run(office, profile, ['--terminate_after_init'], START_MS);
		mkdirSync(join(profile, 'user', 'basic', 'Standard'), { recursive: true });
		writeFileSync(join(profile, 'user', 'basic', 'Standard', 'Module1.xba'), MACRO);
		const list = join(folder, 'list.txt');
		const [from, to] = [(at: number) => join(folder, `${at}-in.docx`), (at: number) => join(folder, `${at}.${ending}`)];
		const lines = rows.map(({ bytes, words }, at) => {
			writeFileSync(from(at), bytes);
			return [pathToFileURL(from(at)), pathToFileURL(to(at)), ...words].join('|');
		});
		writeFileSync(list, `${lines.join('\n')}\n`);
		const call = `macro:///Standard.Module1.${macro}("${list}")`;
		await run(office, profile, [call], START_MS + rows.length * FILE_MS);
		return rows.map((_, at) => {
			if (!existsSync(to(at))) throw new Error(`LibreOffice did not write file ${at} of ${rows.length}`);
			return readFileSync(to(at));
		});
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function run(office: string, profile: string, args: readonly string[], most: number): Promise<void> {
	const all = [`-env:UserInstallation=${pathToFileURL(profile)}`, '--headless', '--norestore', '--nologo', ...args];
	return new Promise((resolve, reject) => {
		// Its own group: the command is a script that starts the office.
		const child = spawn(office, all, { stdio: 'ignore', detached: true });
		const late = setTimeout(() => {
			if (child.pid) process.kill(-child.pid, 'SIGKILL');
			reject(new Error(`LibreOffice did not end in ${most / 1_000} seconds`));
		}, most);
		child.on('error', reject);
		child.on('exit', () => {
			clearTimeout(late);
			resolve();
		});
	});
}

/** Each line of the list: the file, where it goes, and what is to be done with it. */
const MACRO = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Function Opened(address)
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 hidden(0).Name = "Hidden"
 hidden(0).Value = True
 Opened = StarDesktop.loadComponentFromURL(address, "_blank", 0, hidden())
End Function
Sub AsWords(list As String)
 Dim n, row As String, parts, doc, helper
 Dim plain(1) As New com.sun.star.beans.PropertyValue
 Dim none()
 plain(0).Name = "FilterName"
 plain(0).Value = "Text (encoded)"
 plain(1).Name = "FilterOptions"
 plain(1).Value = "UTF8,LF"
 helper = createUnoService("com.sun.star.frame.DispatchHelper")
 n = FreeFile
 Open list For Input As #n
 Do While Not Eof(n)
  Line Input #n, row
  If row &lt;&gt; "" Then
   parts = Split(row, "|")
   doc = Opened(parts(0))
   If parts(2) &lt;&gt; "" Then helper.executeDispatch(doc.CurrentController.Frame, parts(2), "", 0, none())
   doc.storeToURL(parts(1), plain())
   doc.close(True)
  End If
 Loop
 Close #n
End Sub
Sub Tracked(list As String)
 Dim n, k, row As String, parts, doc, words
 Dim word(0) As New com.sun.star.beans.PropertyValue
 word(0).Name = "FilterName"
 word(0).Value = "MS Word 2007 XML"
 n = FreeFile
 Open list For Input As #n
 Do While Not Eof(n)
  Line Input #n, row
  If row &lt;&gt; "" Then
   parts = Split(row, "|")
   doc = Opened(parts(0))
   doc.RecordChanges = True
   For k = 2 To UBound(parts) - 1 Step 2
    words = doc.createReplaceDescriptor()
    words.SearchString = parts(k)
    words.ReplaceString = parts(k + 1)
    words.SearchCaseSensitive = True
    doc.replaceAll(words)
   Next
   doc.storeToURL(parts(1), word())
   doc.close(True)
  End If
 Loop
 Close #n
End Sub
</script:module>
`;
