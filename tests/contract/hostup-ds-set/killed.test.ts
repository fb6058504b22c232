import "../../support/one-realm";
import { createRuntime } from "../../../provider/runtime/create-runtime";
import { useDsSet } from "../../support/ds-set";
import { hastyTransport, killedAfter } from "../../support/engine-runs";
import { describeAtPort53 } from "../../support/signed-domain";

jest.setTimeout(40_000);

describeAtPort53("a HostupDsSet whose run is killed", () => {
  const { it, set, program, next } = useDsSet();
  /** Another run, which goes no further than so many calls; what the state has is from before. */
  const dying = (count: number) => {
    const { killed, dead } = killedAfter(count, hastyTransport());
    return { runtime: set(createRuntime(killed)), dead };
  };

  // GET, POST, GET, GET and DELETE.
  test.each([1, 2, 3, 4, 5])(
    "after %d calls of a roll has a DS at the parent all the time, and in the next run the new one alone",
    async (count) => {
      const resource = set();
      await resource.up(program([it().ds]));
      const { runtime, dead } = dying(count);
      void next(resource, runtime).up(program([it().ds384]));
      await dead;
      expect(await it().atParent()).not.toEqual([]);
      const later = next(resource);
      await later.up(program([it().ds384]));
      expect(await it().published()).toEqual([it().ds384]);
      expect(await later.preview(program([it().ds384]))).toEqual([]);
    },
  );

  // GET and DELETE.
  test.each([1, 2])("after %d calls of a destroy ends with the next one", async (count) => {
    const resource = set();
    await resource.up(program([it().ds]));
    await resource.refresh();
    const { runtime, dead } = dying(count);
    void next(resource, runtime).destroy();
    await dead;
    await next(resource).destroy();
    expect(await it().published()).toEqual([]);
  });
});
