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
	const folder = mkdtempSync(join(tmpdir(), 'compact-office-'));
	try {
		const profile = join(folder, 'profile');
		// The first start makes the profile, and would write over what is put there before it.
		await run(office, profile, ['--terminate_after_init'], START_MS);
		mkdirSync(join(profile, 'user', 'basic', 'Standard'), { recursive: true });
		writeFileSync(join(profile, 'user', 'basic', 'Standard', 'Module1.xba'), MACRO);
		const list = join(folder, 'list.txt');
		const path = (at: number, ending: string) => join(folder, `${at}.${ending}`);
		const lines = jobs.map(({ bytes, deed }, at) => {
			writeFileSync(path(at, 'docx'), bytes);
			return `${COMMANDS[deed]}|${pathToFileURL(path(at, 'docx'))}|${pathToFileURL(path(at, 'txt'))}`;
		});
		writeFileSync(list, `${lines.join('\n')}\n`);
		await run(office, profile, [`macro:///Standard.Module1.Main("${list}")`], START_MS + jobs.length * FILE_MS);
		return jobs.map((_, at) => {
			if (!existsSync(path(at, 'txt'))) throw new Error(`LibreOffice did not write file ${at} of ${jobs.length}`);
			const text = readFileSync(path(at, 'txt'), 'utf8');
			return text
				.replace(/^\ufeff/, '')
				.replace(/\n$/, '')
				.split('\n');
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

/** Each line of the list: a command of the menu, the file, and where its words go. */
const MACRO = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main(list As String)
 Dim n, row As String, parts, doc, helper
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 Dim plain(1) As New com.sun.star.beans.PropertyValue
 Dim none()
 hidden(0).Name = "Hidden"
 hidden(0).Value = True
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
   doc = StarDesktop.loadComponentFromURL(parts(1), "_blank", 0, hidden())
   If parts(0) &lt;&gt; "" Then helper.executeDispatch(doc.CurrentController.Frame, parts(0), "", 0, none())
   doc.storeToURL(parts(2), plain())
   doc.close(True)
  End If
 Loop
 Close #n
End Sub
</script:module>
`;
