import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Ran } from "../../tools/driver/command.cjs";
import { credentials } from "../../tools/driver/credentials.cjs";
import { writeProject } from "../../tools/driver/project.cjs";
import { createStack as openStack, type Stack, type StateResource } from "../../tools/driver/stack.cjs";

export { credentials, type Ran, type Stack, type StateResource };

export interface StackOptions {
  /** File name to text; `index.js` is the program unless package.json says otherwise. */
  readonly files?: Readonly<Record<string, string>>;
  /** A project that is there already, in place of `files`. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** As `Stack.set` takes it. */
  readonly config?: Readonly<Record<string, string>>;
  /** Where the project's folder is made; by default beside the installed tarball. */
  readonly parent?: string;
  readonly typescript?: boolean;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: engine tests run in jest's project "engine"`);
  return value;
}

export const engineRoot = (): string => required("SECONDARY_DNS_ENGINE_ROOT");
export const tarball = (): string => required("SECONDARY_DNS_TARBALL");

/** A real Pulumi project with one stack, in a backend and home of its own. */
export async function createStack(options: StackOptions): Promise<Stack> {
  const name = `p${randomBytes(6).toString("hex")}`;
  const folder = options.folder ?? join(options.parent ?? join(engineRoot(), "projects"), name);
  if (options.files)
    await writeProject(folder, name, options.files, { typescript: options.typescript ?? false });
  const stack = await openStack({ folder, ...(options.env ? { env: options.env } : {}) });
  await stack.set(options.config ?? {});
  return stack;
}
