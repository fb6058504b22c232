import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { RefusedError } from "../../provider/core/errors";

/** What stands in a file, if there is one. */
export async function readExisting(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw notPossible(`${file} cannot be read`, error);
  }
}

/** Writes a file that its owner alone can read: as a whole or not at all, and whatever stood there before. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  const fresh = join(folder, `.secondary-dns-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    await makeFolder(folder);
    await writeFile(fresh, text, { mode: 0o600, flag: "wx" });
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw notPossible(`${file} cannot be written`, error);
  }
}

/** With those above it. Node's own `recursive` tries for ever where a file system, such as /proc, has no new folders. */
async function makeFolder(folder: string): Promise<void> {
  const mode = 0o700;
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if (codeOf(error) === "EEXIST") return;
    if (codeOf(error) !== "ENOENT" || dirname(folder) === folder) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder, { mode });
  }
}

function notPossible(what: string, error: unknown): RefusedError {
  return new RefusedError(
    `${what} (${codeOf(error) ?? String(error)}).\nNext: name a folder that you may write to with --write.`,
  );
}

function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
}
