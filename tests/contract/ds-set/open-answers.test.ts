import "../../support/one-realm";
import type { Switches } from "../../../simulator";
import { useDsSet } from "../../support/ds-set";
import { messageOf } from "../../support/outcome";
import { describeAtPort53 } from "../../support/signed-domain";

jest.setTimeout(40_000);

/** The other side of each; the defaults are what all other tests run with. */
const OTHERS: Partial<Switches>[] = [
  { hostupDsCreateStatus: 200 },
  { hostupDsCreateAnswer: "with-id" },
  { hostupDsCreateAnswer: "no-body" },
  { hostupDsDeleteStatus: 200 },
  { hostupDigestCase: "lower" },
  { hostupDnssecEnums: "plain" },
  { hostupDsDuplicate: "second-row" },
  { hostupDsWithoutId: 1 },
  { hostupListsAutomaticDs: false },
  { hostupRefusesMissingUserAgent: false },
];

describeAtPort53("whatever HostUp's documents leave open, a HostupDsSet", () => {
  const { it, set, program, next } = useDsSet();

  test.each(OTHERS)("comes, is refreshed without a difference, and goes, with %j", async (switches) => {
    await it().control.patch({ switches });
    const resource = set();
    const wanted = program([it().ds]);
    await resource.up(wanted);
    expect(await it().published()).toEqual([it().ds]);
    await resource.refresh();
    expect(await resource.preview(wanted)).toEqual([]);
    await next(resource).destroy();
    expect(await it().published()).toEqual([]);
  });

  test.each(["application/problem+json", "application/json"] as const)(
    "says why something is refused, in %s",
    async (hostupProblemContentType) => {
      await it().control.patch({ switches: { hostupProblemContentType } });
      await it().patchDomain({ dsGate: null, recordType: "DS" });
      const message = await messageOf(set().up(program([it().ds], { domainId: "dom_none" })));
      expect(message).toContain("HostUp knows no domain dom_none in this account");
    },
  );
});
