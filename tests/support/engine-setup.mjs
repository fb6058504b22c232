// @ts-check
import { mkdir, mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install, pack } from "../../tools/driver/project.cjs";
import { findPulumi } from "../../tools/pulumi/install.mjs";

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

  // dist was built before the tests began.
  const tarball = await pack(process.cwd(), root, "--ignore-scripts");
  process.env.SECONDARY_DNS_TARBALL = tarball;
  await install(root, tarball);
}
