import "../support/one-realm";
import { startSimulator } from "../../simulator";
import { type Control, controlOf } from "../support/control";
import { freshRuntime } from "../support/engine-runs";
import { Managed, simulatorConfig } from "../support/handlers";

const NAME = "xn--rksmrgs-5wao1o.se";

describe.each(["ascii", "unicode"] as const)(
  "where HostUp shows and knows names in the form %s",
  (hostupDomainNames) => {
    let control: Control;
    let domainId: string;

    beforeEach(async () => {
      const switches = { hostupDomainNames, hostupPendingReads: 0 };
      control = controlOf(await startSimulator({ zones: 3, switches }));
      domainId = control.simulator.domains[1]?.id ?? "";
      await control.patch({ domains: { [domainId]: { name: NAME, dnssecAuto: { domainName: NAME } } } });
    });
    afterEach(() => control.simulator.close());

    const managed = () => new Managed(freshRuntime().hostupDnssecAuto, simulatorConfig(control.simulator));

    test("a domain with an international name is found, and nothing differs afterwards", async () => {
      const resource = managed();
      const program = { domainName: NAME };
      await resource.up(program);
      expect(resource.state.outputs).toMatchObject({ domainId, domainName: NAME });
      for (let round = 0; round < 2; round += 1) {
        await resource.refresh();
        expect(await resource.preview(program)).toEqual([]);
        expect(await resource.up(program)).toBe("same");
      }
      expect(resource.state.outputs).toMatchObject({ domainName: NAME });
    });

    test("one that is given by its id has its name in the same form in state", async () => {
      const resource = managed();
      await resource.up({ domainId });
      expect(resource.state.outputs).toMatchObject({ domainName: NAME });
    });

    test("it is found among others that are looked up at the same moment", async () => {
      const runtime = freshRuntime();
      const names = [control.simulator.domains[0]?.name ?? "", NAME];
      const all = names.map((domainName) => {
        const resource = new Managed(runtime.hostupDnssecAuto, simulatorConfig(control.simulator));
        return resource.up({ domainName }).then(() => resource.state.id);
      });
      expect((await Promise.all(all))[1]).toBe(domainId);
    });
  },
);
