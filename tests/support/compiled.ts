import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";

const ROOT = resolve(__dirname, "../..");

/** Compiles some of the root's folders, so that they run in a process of their own; answers where they are. */
export function compiled(...folders: readonly string[]): string {
  const out = mkdtempSync(join(tmpdir(), "secondary-dns-"));
  symlinkSync(join(ROOT, "node_modules"), join(out, "node_modules"));
  for (const folder of folders) {
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const target = join(out, folder, file.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(target), { recursive: true });
      const { outputText } = transpileModule(readFileSync(join(ROOT, folder, file), "utf8"), {
        compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
      });
      writeFileSync(target, outputText);
    }
  }
  return out;
}
