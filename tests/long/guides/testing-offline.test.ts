import { pulumiTerminal } from "../../support/guides/pulumi-terminal";
import { walk } from "../../support/guides/walk";

// npm, two compilations and a row of runs on the engine take minutes where the machine is busy.
jest.setTimeout(900_000);

test("the tests that the guide shows pass when all is done that it says", async () => {
  const { terminal, substitutions, remove } = pulumiTerminal();
  try {
    await walk("docs/testing-offline.md", { terminal, substitutions });
  } finally {
    remove();
  }
});
