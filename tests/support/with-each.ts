import { missingTools } from "./dns-tools";

interface Kind {
  readonly name: string;
  readonly commands: readonly string[];
}

/** Tests for each kind of server; where something of it is not installed they are skipped, and say so. */
export function describeEach<One extends Kind>(
  kinds: readonly One[],
  titleOf: (kind: One) => string,
  tests: (kind: One) => void,
): void {
  for (const kind of kinds) {
    const title = titleOf(kind);
    const missing = missingTools(kind.commands);
    if (missing.length === 0) {
      describe(title, () => tests(kind));
      continue;
    }
    const reason = `not installed: ${missing.join(", ")} (tests/dns/install.sh installs them)`;
    describe.skip(`${title}: ${reason}`, () => {
      // A describe without a test fails its file.
      test("is tested where it is installed", () => {});
    });
    console.warn(`The tests with ${kind.name} are skipped; ${reason}`);
  }
}
