import { join } from "node:path";
import { type ProgramPlace, runAutomation } from "../support/installs/automation";
import { installIn, type Manager, npm, pnpm } from "../support/installs/managers";
import { commonJs, javascript } from "../support/installs/programs";
import { layOut, manifest, packages, writeFiles } from "../support/installs/project";
import { runProject } from "../support/installs/run-project";
import { type Cell, section } from "../support/installs/section";
import { type Needs, packWrapper, wrapped } from "../support/installs/wrapper";

function automation(place: ProgramPlace, title: string): Cell {
  return {
    what: `Automation API, ${title}`,
    versions: "npm, JavaScript",
    run: async (folder) =>
      (await layOut(folder, { program: javascript, manager: npm })) ?? runAutomation(folder, place),
  };
}

/** The program is one package of several, and its dependencies are in the folder above it. */
function workspaces(manager: Manager, files: Readonly<Record<string, string>>): Cell {
  return {
    what: "A workspace of several packages",
    versions: `${manager.title}, ${commonJs.title}`,
    run: async (folder) => {
      const infra = join(folder, "packages", "infra");
      await writeFiles(folder, {
        "package.json": manifest({ name: "monorepo", workspaces: ["packages/*"] }),
        "packages/other/package.json": manifest({ name: "other" }),
        ...files,
      });
      await writeFiles(infra, {
        ...commonJs.files,
        "Pulumi.yaml": "name: program\nruntime: nodejs\n",
        "package.json": manifest({
          name: "infra",
          ...commonJs.manifest,
          dependencies: { ...packages(), ...commonJs.dependencies },
        }),
      });
      return (await installIn(folder, manager)) ?? runProject(infra);
    },
  };
}

/** A program that uses a package of its team's, which uses this one. */
function wrapper(manager: Manager, needs: Needs, own: "and so does the program" | "alone"): Cell {
  const has = needs === "dependencies" ? "depends on ours" : "has ours as a peer dependency";
  return {
    what: `A package of your own which ${has}, ${own}`,
    versions: manager.title,
    run: async (folder) => {
      const platform = await packWrapper(join(folder, "platform"), needs);
      const project = join(folder, "program");
      await writeFiles(project, {
        ...wrapped.files,
        "Pulumi.yaml": "name: program\nruntime: nodejs\n",
        "package.json": manifest({
          ...wrapped.manifest,
          dependencies: { platform: `file:${platform}`, ...(own === "alone" ? sdk : packages()) },
        }),
      });
      return (await installIn(project, manager)) ?? runProject(project);
    },
  };
}

const { "pulumi-secondary-dns": _ours, ...sdk } = packages();

const OUTSIDE = {
  sentence:
    /Next: make it a dependency of the program itself, for example with npm install pulumi-secondary-dns\./,
  instead: "Reported before any API call.",
};

section("projects", [
  automation("inline", "the program in the script"),
  automation("folder", "the program in a folder"),
  workspaces(npm, {}),
  workspaces(pnpm, { "pnpm-workspace.yaml": "packages: [packages/*]\n" }),
  wrapper(npm, "peerDependencies", "and so does the program"),
  wrapper(pnpm, "peerDependencies", "and so does the program"),
  wrapper(pnpm, "dependencies", "and so does the program"),
  wrapper(npm, "dependencies", "alone"),
  { ...wrapper(pnpm, "dependencies", "alone"), refusal: OUTSIDE },
]);
