import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

const ROOT = resolve(__dirname, "../..");

/** Compiles simulator/ on its own, so that the binary runs in a process of its own; answers main.js. */
export function compileBinary(): string {
  const out = mkdtempSync(join(tmpdir(), "simulator-"));
  symlinkSync(join(ROOT, "node_modules"), join(out, "node_modules"));
  const source = join(ROOT, "simulator");
  for (const file of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const target = join(out, file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    const { outputText } = transpileModule(readFileSync(join(source, file), "utf8"), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    writeFileSync(target, outputText);
  }
  return join(out, "main.js");
}

export interface Run {
  readonly process: ChildProcess;
  /** The next line of stdout, or undefined when it ends. */
  readonly nextLine: () => Promise<string | undefined>;
  readonly stderr: () => string;
  /** The exit code, once everything that was written has been read. */
  readonly ended: Promise<number | null>;
}

export function runBinary(main: string, args: readonly string[]): Run {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    process: child,
    nextLine: async () => (await lines.next()).value,
    stderr: () => errors,
    ended: once(child, "close").then(([code]) => code),
  };
}
