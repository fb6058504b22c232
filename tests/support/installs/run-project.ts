import { delimiter } from "node:path";
import { startControl } from "../one-of-each";
import { createStack, credentials } from "../stack";
import type { Failure } from "./command";
import { KEY } from "./programs";
import { nodeBin } from "./tools";
import type { NodeMajor } from "./versions";

export interface Run {
  /** 20 by default. */
  readonly node?: NodeMajor;
  readonly env?: Readonly<Record<string, string>>;
}

/** Makes the key, sees that nothing more would change, and takes it down; what the CLI printed if the first failed. */
export async function runProject(folder: string, { node = 20, env = {} }: Run = {}): Promise<Failure> {
  const { simulator, state, requests } = await startControl();
  const stack = await createStack({
    folder,
    env: { ...credentials(simulator), PATH: `${await nodeBin(node)}${delimiter}${process.env.PATH}`, ...env },
    config: { accountId: simulator.accountId },
  });
  const { code, output } = await stack.pulumi("up", "--yes", "--skip-preview");
  if (code !== 0) {
    expect(await requests()).toEqual([]);
    return output;
  }
  expect(await stack.outputs()).toMatchObject({ name: KEY });
  expect(Object.values((await state()).tsigs)).toMatchObject([{ name: KEY }]);
  await stack.succeed("preview", "--refresh", "--expect-no-changes");
  await stack.destroy();
  expect((await state()).tsigs).toEqual({});
  return undefined;
}
