import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bun, type Manager, npm, pnpm, pnpm12, yarnNodeModules, yarnPnp } from "../support/installs/managers";
import { commonJs } from "../support/installs/programs";
import { layOut } from "../support/installs/project";
import { type Run, runProject } from "../support/installs/run-project";
import { type Cell, section } from "../support/installs/section";
import { nodeBin, yarnScript } from "../support/installs/tools";
import { VERSIONS } from "../support/installs/versions";

function installedBy(manager: Manager, runIn: (folder: string) => Promise<Run> = async () => ({})): Cell {
  return {
    what: manager.title,
    versions: `${commonJs.title}, Node ${VERSIONS.node[20]}, @pulumi/pulumi ${VERSIONS.pulumi.newest}`,
    run: async (folder) =>
      (await layOut(folder, { program: commonJs, manager })) ?? runProject(folder, await runIn(folder)),
  };
}

/** A `pulumi` on PATH that is what a user of PnP types. */
async function byYarnExec(folder: string): Promise<Run> {
  const bin = join(folder, "by-yarn");
  await mkdir(bin);
  const path = `${await nodeBin(20)}:${process.env.PATH}`;
  const script = `#!/bin/sh\nPATH='${path}' exec node '${await yarnScript()}' exec pulumi "$@"\n`;
  await writeFile(join(bin, "pulumi"), script);
  await chmod(join(bin, "pulumi"), 0o755);
  return { env: { PATH: `${bin}:${path}` } };
}

section("package-managers", [
  installedBy(npm),
  installedBy(pnpm),
  installedBy(pnpm12),
  installedBy(yarnNodeModules),
  { ...installedBy(yarnPnp, byYarnExec), needs: "`yarn exec pulumi up` in place of `pulumi up`" },
  {
    ...installedBy(yarnPnp),
    what: `${yarnPnp.title}, \`pulumi up\` alone`,
    refusal: {
      sentence: /It looks like the Pulumi SDK has not been installed\./,
      instead: "Pulumi looks for node_modules: run it with `yarn exec`.",
    },
  },
  installedBy(bun),
]);
