import { delimiter } from "node:path";
import { startControl } from "../one-of-each";
import { credentials } from "../stack";
import { type Failure, runIn } from "./command";
import { KEY } from "./programs";
import { writeFiles } from "./project";
import { nodeBin } from "./tools";

/** Where the program of an Automation API script is: in the script, or a project in a folder. */
export type ProgramPlace = "inline" | "folder";

const STACK = {
  inline: `{
  stackName: "test",
  projectName: "automation",
  program: async () => ({ name: new Tsig("key", { accountId: process.env.ACCOUNT_ID, name: "${KEY}" }).name }),
}`,
  folder: `{ stackName: "test", workDir: __dirname }`,
};

const script = (place: ProgramPlace) => `const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { Tsig } = require("pulumi-secondary-dns");
async function main() {
  const stack = await LocalWorkspace.createStack(${STACK[place]});
  await stack.setConfig("accountId", { value: process.env.ACCOUNT_ID });
  const { outputs } = await stack.up();
  if (outputs.name.value !== "${KEY}") throw new Error("another output: " + JSON.stringify(outputs));
  await stack.preview({ refresh: true, expectNoChanges: true });
  await stack.destroy();
}
main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
`;

/** Runs a script that makes the key, sees that nothing more would change, and takes it down. */
export async function runAutomation(folder: string, place: ProgramPlace): Promise<Failure> {
  const { simulator, state, requests } = await startControl();
  await writeFiles(folder, { "automation.js": script(place), ".backend/.keep": "" });
  const failure = await runIn(
    folder,
    { command: "node", args: ["automation.js"] },
    {
      ...credentials(simulator),
      ACCOUNT_ID: simulator.accountId,
      PATH: `${await nodeBin(20)}${delimiter}${process.env.PATH}`,
      PULUMI_BACKEND_URL: `file://${folder}/.backend`,
      PULUMI_CONFIG_PASSPHRASE: "automation",
      PULUMI_HOME: `${folder}/.pulumi-home`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
  );
  if (failure !== undefined) return failure;
  expect((await state()).tsigs).toEqual({});
  const methods = (await requests()).map(({ method, path }) => `${method} ${path.split("/").at(-2)}`);
  expect(methods).toContain("DELETE tsigs");
  return undefined;
}
