import { npm, pnpm } from "../support/installs/managers";
import { commonJs, nodeNext, type Program } from "../support/installs/programs";
import { layOut } from "../support/installs/project";
import { runProject } from "../support/installs/run-project";
import { type Cell, section } from "../support/installs/section";
import { VERSIONS } from "../support/installs/versions";

function withSdk(pulumi: string, program: Program): Cell {
  return {
    what: `@pulumi/pulumi ${pulumi}`,
    versions: program.title,
    run: async (folder) => (await layOut(folder, { program, manager: npm, pulumi })) ?? runProject(folder),
  };
}

function withTypescript(typescript: string, manager = npm): Cell {
  return {
    what: `TypeScript ${typescript}`,
    versions: `${manager.title}, @pulumi/pulumi ${VERSIONS.pulumi.newest}`,
    run: async (folder) =>
      (await layOut(folder, { program: nodeNext, manager, dependencies: { typescript } })) ??
      runProject(folder, { node: 22 }),
  };
}

/** The peer dependency of @pulumi/pulumi, which only npm insists on. */
const SIX = "Pulumi needs an older TypeScript: `typescript@6`.";

section("pulumi-versions", [
  withSdk(VERSIONS.pulumi.floor, commonJs),
  withSdk(VERSIONS.pulumi.floor, nodeNext),
  withSdk(VERSIONS.pulumi.newest, commonJs),
  withSdk(VERSIONS.pulumi.newest, nodeNext),
  withTypescript(VERSIONS.typescript6),
  {
    ...withTypescript(VERSIONS.typescript7),
    refusal: { sentence: /ERESOLVE unable to resolve dependency tree/, instead: SIX },
  },
  {
    ...withTypescript(VERSIONS.typescript7, pnpm),
    refusal: {
      sentence: /TypeError: Cannot read properties of undefined \(reading 'fileExists'\)/,
      instead: SIX,
    },
  },
]);
