// @ts-check
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findPulumi } from "../../tools/pulumi/install.mjs";

const run = promisify(execFile);

/**
 * Once for all engine tests: finds the engine, packs this package as npm would publish it, and
 * installs that tarball where the tests' programs can load it.
 */
export default async function setup() {
  const pulumi = await findPulumi();
  process.env.PATH = pulumi.env().PATH;

  const root = await realpath(await mkdtemp(join(tmpdir(), "secondary-dns-engine-")));
  process.env.SECONDARY_DNS_ENGINE_ROOT = root;
  await mkdir(join(root, "projects"));

  const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", root]);
  const [{ filename }] = JSON.parse(packed.stdout);
  const tarball = join(root, filename);
  process.env.SECONDARY_DNS_TARBALL = tarball;

  const { devDependencies } = JSON.parse(await readFile("package.json", "utf8"));
  const dependencies = {
    "@pulumi/pulumi": devDependencies["@pulumi/pulumi"],
    "pulumi-secondary-dns": `file:${tarball}`,
    typescript: devDependencies.typescript,
    "@types/node": devDependencies["@types/node"],
  };
  await writeFile(
    join(root, "package.json"),
    JSON.stringify({ name: "programs", private: true, dependencies }),
  );
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
  });
}
