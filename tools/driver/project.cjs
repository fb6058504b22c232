// @ts-check
const { mkdir, readFile, writeFile } = require("node:fs/promises");
const { join } = require("node:path");
const { mustRun } = require("./command.cjs");

const QUIET = ["--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Packs the package of a checkout as npm would publish it.
 * @param {string} checkout
 * @param {string} into
 * @param {string[]} flags of `npm pack`
 * @returns {Promise<string>} the tarball
 */
async function pack(checkout, into, ...flags) {
  const args = ["pack", ...flags, "--json", "--pack-destination", into, ...QUIET];
  const { stdout } = await mustRun("npm", args, { cwd: checkout, env: process.env });
  const [{ filename }] = JSON.parse(stdout);
  return join(into, filename);
}

/**
 * Installs a tarball where the programs below this folder find it, beside the SDK that this checkout is tested with.
 * @param {string} folder
 * @param {string} tarball
 */
async function install(folder, tarball) {
  const { devDependencies } = JSON.parse(await readFile(join(__dirname, "../../package.json"), "utf8"));
  const dependencies = {
    "@pulumi/pulumi": devDependencies["@pulumi/pulumi"],
    "pulumi-secondary-dns": `file:${tarball}`,
    typescript: devDependencies.typescript,
    "@types/node": devDependencies["@types/node"],
  };
  const manifest = { name: "programs", private: true, dependencies };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await mustRun("npm", ["install", "--prefer-offline", ...QUIET], { cwd: folder, env: process.env });
}

/**
 * Writes a Pulumi project: `files` by their names; `index.js` is the program unless package.json says otherwise.
 * @param {string} folder
 * @param {string} name
 * @param {Readonly<Record<string, string>>} files
 * @param {{ typescript?: boolean }} [options]
 */
async function writeProject(folder, name, files, { typescript = false } = {}) {
  await mkdir(folder, { recursive: true });
  const all = {
    "Pulumi.yaml": JSON.stringify({ name, runtime: { name: "nodejs", options: { typescript } } }),
    "package.json": JSON.stringify({ name, private: true, main: "index.js" }),
    ...files,
  };
  for (const [file, text] of Object.entries(all)) await writeFile(join(folder, file), text);
}

module.exports = { pack, install, writeProject };
