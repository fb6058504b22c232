// @ts-check
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { CLI, PROGRAMS, VERSION } from "./pinned.mjs";
import { place, reason, versionOf, which } from "./programs.mjs";
import { withProgress } from "./progress.mjs";

/** Time without an answer or without further data after which a server is given up. */
const PATIENCE = 10_000;

/** Bytes of a list of checksums; the real one has less than three thousand. */
const LONGEST_LIST = 100_000;

const archives = "https://get.pulumi.com/releases/sdk";
const lists = `https://github.com/pulumi/pulumi/releases/download/v${VERSION}`;

/**
 * Installs the official archive into `bin`. Throws the reason when that does not work.
 * @param {string} bin
 * @param {import("./install.mjs").Work} work
 */
export async function download(bin, { directory, env, log, signal }) {
  if (!["linux", "darwin"].includes(process.platform) || !["x64", "arm64"].includes(process.arch)) {
    throw new Error(`none is offered for ${process.platform} on ${process.arch}`);
  }
  const name = `pulumi-v${VERSION}-${process.platform}-${process.arch}.tar.gz`;
  // One directory that holds both files may stand in for Pulumi's servers: a mirror, or the one in the tests.
  const mirror = env.PULUMI_RELEASES_URL;
  const url = `${mirror ?? archives}/${name}`;
  const archive = join(directory, name);

  const sum = await withProgress(log, `Downloading ${url}: about a minute, once.`, () =>
    save(url, archive, signal),
  );
  await verify(`${mirror ?? lists}/pulumi-${VERSION}-checksums.txt`, name, sum, signal);

  const unpacked = join(directory, "unpacked");
  mkdirSync(unpacked);
  await promisify(execFile)("tar", ["-xzf", archive, "-C", unpacked], { signal });
  const contents = join(unpacked, "pulumi");
  const missing = PROGRAMS.filter((program) => !which(program, contents));
  if (missing.length > 0) throw new Error(`${name} does not hold ${missing.join(" and ")}`);
  await versionOf(join(contents, CLI), env);
  const others = (await readdir(contents)).filter((program) => program !== CLI);
  for (const program of [...others, CLI]) place(join(contents, program), bin);
}

/**
 * Throws unless the list at `url` has this checksum: what nobody vouches for is not run.
 * @param {string} url
 * @param {string} name
 * @param {string} sum SHA-256 in hexadecimal digits
 * @param {AbortSignal} signal
 */
async function verify(url, name, sum, signal) {
  const lines = (await checksums(url, name, signal)).split("\n").map((line) => line.trim().split(/\s+/));
  const wanted = lines.find(([digits = "", file]) => file === name && /^[0-9a-f]{64}$/i.test(digits));
  if (!wanted) throw new Error(`${url} has no SHA-256 of ${name}, and without it nothing is run`);
  if (wanted[0]?.toLowerCase() !== sum) {
    throw new Error(`the checksum of ${name} is not the one in ${url}`);
  }
}

/**
 * @param {string} url
 * @param {string} name
 * @param {AbortSignal} signal
 */
async function checksums(url, name, signal) {
  let list = "";
  try {
    for await (const chunk of get(url, signal)) {
      list += Buffer.from(chunk).toString();
      if (list.length > LONGEST_LIST) throw new Error(`it has more than ${LONGEST_LIST} bytes`);
    }
  } catch (error) {
    throw new Error(
      `the checksum of ${name} cannot be had (${url}: ${reason(error)}), and without it nothing is run`,
    );
  }
  return list;
}

/**
 * Saves what is at `url`, and returns its SHA-256.
 * @param {string} url
 * @param {string} file
 * @param {AbortSignal} signal
 */
async function save(url, file, signal) {
  const hash = createHash("sha256");
  const hashed = async function* () {
    for await (const chunk of get(url, signal)) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await writeFile(file, hashed());
  return hash.digest("hex");
}

/**
 * @param {string} url
 * @param {AbortSignal} signal
 */
async function* get(url, signal) {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(new Error(`silent for ${PATIENCE / 1000} s`)), PATIENCE);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    for await (const chunk of response.body) {
      timer.refresh();
      yield/** @type {Uint8Array} */ (chunk);
    }
  } finally {
    clearTimeout(timer);
  }
}
