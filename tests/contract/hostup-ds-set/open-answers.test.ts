import "../../support/one-realm";
import { hostupDnssecAuto } from "../../../provider/runtime";
import type { Switches } from "../../../simulator";
import { useDsSet } from "../../support/ds-set";
import { Managed, simulatorConfig } from "../../support/handlers";
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
  { hostupDnssecHasName: false },
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

  test.each<[how: Switches["hostupExcludedDs"], left: number]>([
    ["keeps", 1],
    ["drops", 0],
  ])(
    "comes beside what exclude, which %s the DS of the automation, has left, and goes once it is alone",
    async (how, left) => {
      await it().control.patch({ switches: { hostupExcludedDs: how } });
      const automatic = `2371 13 2 ${"5A".repeat(32)}`;
      await it().patchDomain({
        dnssecAuto: { status: "inactive" },
        dsRecords: { dsr_automatic: { ds: automatic, addedBy: "automation" } },
      });
      const automation = new Managed(hostupDnssecAuto, simulatorConfig(it().control.simulator));
      await automation.up({ domainId: it().domainId, action: "exclude" });
      const others = left === 0 ? [] : [automatic];
      expect(await it().atParent()).toEqual(others);

      const resource = set();
      const wanted = program([it().ds]);
      await resource.up(wanted);
      expect(await it().atParent()).toEqual([...others, it().ds]);
      await resource.refresh();
      expect(await resource.preview(wanted)).toEqual([]);
      if (left > 0) {
        const message = await messageOf(next(resource).destroy());
        expect(message).toContain(`the parent also has DS ${automatic}, which is not the program's`);
        expect(await it().atParent()).toEqual([automatic, it().ds]);
        // As the message says, in HostUp's console.
        await it().patchDomain({ dsRecords: { dsr_automatic: null } });
      }
      await next(resource).destroy();
      expect(await it().atParent()).toEqual([]);
    },
  );
});
