import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Simulator } from "../../simulator";

export interface Ran {
  readonly code: number | null;
  /** Both streams, as a terminal would show them. */
  readonly output: string;
  readonly stdout: string;
}

export interface StackOptions {
  /** File name to text; `index.js` is the program unless package.json says otherwise. */
  readonly files?: Readonly<Record<string, string>>;
  /** A project that is there already, in place of `files`. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Stack configuration; a key with "secret " before it is set with --secret, `a[0].b` goes into an object. */
  readonly config?: Readonly<Record<string, string>>;
  /** Where the project's folder is made; by default beside the installed tarball. */
  readonly parent?: string;
  readonly typescript?: boolean;
}

/** A real Pulumi project with one stack, in a backend and home of its own. */
export interface Stack {
  readonly folder: string;
  /** The whole environment that the CLI gets. */
  readonly env: Readonly<Record<string, string>>;
  /** Writes files of the project. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Sets stack configuration, as `StackOptions.config` does. */
  set(config: Readonly<Record<string, string>>): Promise<void>;
  /** Runs the CLI; the exit code is for the caller to judge. */
  pulumi(...args: string[]): Promise<Ran>;
  /** The same, with more in its environment. */
  pulumiWith(env: Readonly<Record<string, string>>, ...args: string[]): Promise<Ran>;
  /** Runs the CLI and fails the test, with its output, when the CLI fails. */
  succeed(...args: string[]): Promise<Ran>;
  up(...args: string[]): Promise<Ran>;
  destroy(): Promise<Ran>;
  /** The exported state's resources, the engine's own left out. */
  resources(): Promise<StateResource[]>;
  /** The exported state as text. */
  exported(): Promise<string>;
  outputs(): Promise<Record<string, unknown>>;
}

export interface StateResource {
  readonly type: string;
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: engine tests run in jest's project "engine"`);
  return value;
}

export const engineRoot = (): string => required("SECONDARY_DNS_ENGINE_ROOT");
export const tarball = (): string => required("SECONDARY_DNS_TARBALL");

/** Credentials and addresses of a simulator, as the environment carries them. */
export function credentials(simulator: Simulator): Record<string, string> {
  return {
    CLOUDFLARE_API_TOKEN: simulator.cloudflareToken,
    CLOUDFLARE_BASE_URL: simulator.cloudflare,
    HOSTUP_API_TOKEN: simulator.hostupToken,
    HOSTUP_BASE_URL: simulator.hostup,
    SECONDARY_DNS_RESOLVER: simulator.dns,
  };
}

export async function createStack(options: StackOptions): Promise<Stack> {
  const name = `p${randomBytes(6).toString("hex")}`;
  const folder = options.folder ?? join(options.parent ?? join(engineRoot(), "projects"), name);
  const backend = join(folder, ".backend");
  await mkdir(backend, { recursive: true });

  const env = {
    PATH: required("PATH"),
    HOME: folder,
    PULUMI_HOME: join(folder, ".pulumi-home"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...options.env,
  };
  const pulumiWith = (more: Readonly<Record<string, string>>, ...args: string[]) =>
    run("pulumi", [...args, "--non-interactive"], folder, { ...env, ...more });
  const pulumi = (...args: string[]) => pulumiWith({}, ...args);
  const succeed = async (...args: string[]) => {
    const ran = await pulumi(...args);
    if (ran.code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with ${ran.code}:\n${ran.output}`);
    return ran;
  };
  const write = async (files: Readonly<Record<string, string>>) => {
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  };

  const runtime = { name: "nodejs", options: { typescript: options.typescript ?? false } };
  if (options.files) {
    await write({
      "Pulumi.yaml": JSON.stringify({ name, runtime }),
      "package.json": JSON.stringify({ name, private: true, main: "index.js" }),
      ...options.files,
    });
  }
  await succeed("stack", "init", "test");
  const set = async (config: Readonly<Record<string, string>>) => {
    const flags = Object.entries(config).flatMap(([key, value]) =>
      key.startsWith("secret ")
        ? ["--secret", `${key.slice(7)}=${value}`]
        : ["--plaintext", `${key}=${value}`],
    );
    if (flags.length > 0) await succeed("config", "set-all", "--path", ...flags);
  };
  await set(options.config ?? {});

  const exported = async () => (await succeed("stack", "export")).stdout;
  return {
    folder,
    env,
    write,
    set,
    pulumi,
    pulumiWith,
    succeed,
    up: (...args) => succeed("up", "--yes", "--skip-preview", ...args),
    destroy: () => succeed("destroy", "--yes", "--skip-preview"),
    exported,
    async resources() {
      const state: { deployment: { resources?: StateResource[] } } = JSON.parse(await exported());
      return (state.deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
    },
    async outputs() {
      return JSON.parse((await succeed("stack", "output", "--json", "--show-secrets")).stdout);
    },
  };
}

function run(command: string, args: string[], cwd: string, env: Record<string, string>): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output, stdout }));
  });
}
