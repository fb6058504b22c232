import { devDependencies, peerDependencies } from "../../../package.json";

/** What is installed is pinned, so that the table in docs/where-it-runs.md is the same on another day. */
export const VERSIONS = {
  node: { 20: "20.20.2", 22: "22.23.3", 24: "24.21.0" },
  pnpm: devDependencies.pnpm,
  /** A program of its own, no script for Node. */
  pnpm12: "12.4.2",
  yarn: "4.18.1",
  bun: "1.4.4",
  pulumi: { floor: floorOf(peerDependencies["@pulumi/pulumi"]), newest: "3.270.0" },
  typescript: devDependencies.typescript,
  /** Newer ones than this package is made with. */
  typescript6: "6.0.3",
  typescript7: "7.0.2",
  nodeTypes: devDependencies["@types/node"],
  tsNode: "10.9.2",
  publint: "0.3.25",
  attw: "0.18.5",
} as const;

export type NodeMajor = keyof typeof VERSIONS.node;

/** Of a range such as ">=3.216.0 <4". */
function floorOf(range: string): string {
  const [, floor] = /^>=(\S+) /.exec(range) ?? [];
  if (floor === undefined)
    throw new Error(`the peer dependency on @pulumi/pulumi has no lower bound: ${range}`);
  return floor;
}
