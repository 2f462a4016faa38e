/** A D-Bus session with a real gnome-keyring in it, in one of the conditions a person may find it in. */

import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from '../../storage/testing/temporary-folder.ts';

/** `asking`: locked, and the system's request to unlock it stays open. `frozen`: it takes calls and never answers. */
export type Condition = 'unlocked' | 'locked' | 'asking' | 'frozen' | 'absent' | 'no-bus';

const CHILD = fileURLToPath(new URL('./keyring-child.ts', import.meta.url));

/** A bus that starts no service by itself, but for a prompter that never shows anything. */
const busConfig = (services: string): string => `<!DOCTYPE busconfig PUBLIC
  "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
  <servicedir>${services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>`;

/** It ends by itself, after longer than any test of it takes. */
const SILENT_PROMPTER =
  '[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/sleep 10\n';

export interface Told {
  /** What the story said, as JSON. */
  readonly value: unknown;
  /** Everything it wrote to its standard output and error. */
  readonly output: string;
  /** From its last word to the end of its process, ms. */
  readonly endedAfter: number;
}

/** Runs one story of `keyring-child.ts` in a session of its own. */
export async function tell(story: string, condition: Condition): Promise<Told> {
  const home = await temporaryFolder();
  const services = join(home, 'services');
  await mkdir(services);
  await writeFile(join(home, 'bus.conf'), busConfig(services));
  if (condition === 'asking') await writeFile(join(services, 'p.service'), SILENT_PROMPTER);
  const child = [process.execPath, CHILD, story, condition];
  const bus = ['dbus-run-session', `--config-file=${join(home, 'bus.conf')}`, '--'];
  const [program = '', ...args] = condition === 'no-bus' ? child : [...bus, ...child];
  return listen(program, args, { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home });
}

/** The session and all that runs in it, however the test went; detached, they are a process group. */
function endGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // They have all ended.
  }
}

function listen(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Told> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    onTestFinished(() => endGroup(child.pid));
    let output = '';
    let toldAt = 0;
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      toldAt = performance.now();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('exit', (code) => {
      const line = output.split('\n').find((text) => text.startsWith('{'));
      if (code !== 0 || line === undefined) reject(new Error(`The story failed: ${output}`));
      else resolve({ value: JSON.parse(line), output, endedAfter: performance.now() - toldAt });
    });
  });
}
