import { createClients } from "../../provider/runtime/clients";
import { hostupDsSetProvider } from "../../provider/runtime/hostup-ds-set/resource";
import { freshRuntime, hastyTransport, type Runtime } from "./engine-runs";
import { type Bag, Managed, simulatorConfig } from "./handlers";
import { callsDuring } from "./outcome";
import { type SignedDomain, type SignedDomainOptions, startSignedDomain } from "./signed-domain";

/** The DS set of a signed domain under test, anew for each test. */
export function useDsSet(options: SignedDomainOptions = {}) {
  let standing: SignedDomain | undefined;
  let lines: string[] = [];

  beforeEach(async () => {
    standing = await startSignedDomain(options);
    lines = [];
    jest.spyOn(console, "log").mockImplementation((line: unknown) => void lines.push(String(line)));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    delete process.env.SECONDARY_DNS_FORCE;
    await standing?.close();
  });

  const it = (): SignedDomain => {
    if (standing === undefined) throw new Error("the domain is there in tests alone");
    return standing;
  };
  const set = ({ hostupDsSet }: Pick<Runtime, "hostupDsSet"> = freshRuntime()) =>
    new Managed(hostupDsSet, simulatorConfig(it().control.simulator), "urn:pulumi:test::test::set::set");
  return {
    it,
    set,
    /** One that waits for HostUp and for name servers no longer than a second. */
    hasty: () =>
      set({
        hostupDsSet: hostupDsSetProvider(createClients(hastyTransport()), {
          listed: 1,
          removable: 1,
          signed: 1,
        }),
      }),
    /** What a program says that wants these records. */
    program: (ds: readonly string[], more: Bag = {}): Bag => ({
      domainId: it().domainId,
      ds: ds.map((each) => `${it().name}. 3600 IN DS ${each}`).join("\n"),
      waitForRemoval: 20,
      ...more,
    }),
    /** The same resource in the next run of the engine. */
    next: ({ saved }: Managed, later = set()): Managed => {
      later.saved = saved;
      return later;
    },
    lines: () => lines,
    calls: async <Result>(run: () => Promise<Result>): Promise<[Result, string[]]> => {
      const [result, made] = await callsDuring(it().control, run);
      return [result, made.map((call) => call.replace(/dsr_.*/, "…"))];
    },
  };
}
