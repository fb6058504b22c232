import { npm } from "../support/installs/managers";
import {
  commonJs,
  javascript,
  javascriptModules,
  nodeNext,
  nodeNextAlone,
  type Program,
} from "../support/installs/programs";
import { layOut } from "../support/installs/project";
import { runProject } from "../support/installs/run-project";
import { type Cell, section } from "../support/installs/section";
import { type NodeMajor, VERSIONS } from "../support/installs/versions";

function on(node: NodeMajor, program: Program): Cell {
  return {
    what: program.title,
    versions: `Node ${VERSIONS.node[node]}`,
    run: async (folder) => (await layOut(folder, { program, manager: npm })) ?? runProject(folder, { node }),
  };
}

section("node-versions", [
  on(20, commonJs),
  on(22, commonJs),
  on(24, commonJs),
  on(20, nodeNext),
  on(22, nodeNext),
  on(24, nodeNext),
  {
    ...on(20, nodeNextAlone),
    refusal: {
      sentence: /Unknown file extension "\.ts"/,
      instead: "Install ts-node 10 too, or take Node 22 or newer, which runs TypeScript itself.",
    },
  },
  on(22, nodeNextAlone),
  on(24, nodeNextAlone),
  on(20, javascript),
  on(24, javascript),
  on(20, javascriptModules),
  on(24, javascriptModules),
]);
