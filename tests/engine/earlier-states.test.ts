import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type EarlierState, earlierStates, programOf } from "../support/earlier-states";
import { startControl } from "../support/one-of-each";
import { createStack, credentials } from "../support/stack";

/** All resources, and the component at its fullest; tests/contract has the others. */
const states = earlierStates().filter(({ name }) => /^each-resource|key-active$/.test(name));

test.each(states)(
  "$name, saved at 15f4e2d, has an empty preview and refresh, and is destroyed",
  async ({ state }) => {
    const { control, stack } = await imported(state);
    await stack.succeed("preview", "--expect-no-changes");
    expect(await control.requests()).toEqual([]);
    await stack.succeed("preview", "--refresh", "--expect-no-changes");
    await stack.destroy();
    expect(await stack.resources()).toEqual([]);
    const { tsigs, peers } = await control.state();
    expect(tsigs).toEqual({});
    expect(Object.values(peers).filter(({ name }) => name !== "other")).toEqual([]);
  },
);

/** A stack that goes on with an earlier state, in the world of that time. */
async function imported(state: EarlierState) {
  const control = await startControl();
  const { simulator } = control;
  const stack = await createStack({
    files: {
      // The names that the state's URNs have.
      "Pulumi.yaml": JSON.stringify({ name: "states", runtime: "nodejs" }),
      "index.js": programOf(state),
    },
    env: {
      ...credentials(simulator),
      CLOUDFLARE_EU_API_TOKEN: simulator.cloudflareToken,
      CLOUDFLARE_EU_BASE_URL: simulator.cloudflare,
    },
    config: state.config,
  });
  await control.patch(state.server);
  const file = join(stack.folder, "state.json");
  await writeFile(file, JSON.stringify(state.deployment));
  await stack.succeed("stack", "import", "--file", file);
  return { control, stack };
}
