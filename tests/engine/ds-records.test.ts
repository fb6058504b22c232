import { describeAtPort53, type SignedDomain, startSignedDomain } from "../support/signed-domain";
import { createStack, credentials } from "../support/stack";

const program = (domain: SignedDomain) => {
  const args = {
    accountId: domain.control.simulator.accountId,
    zoneId: domain.zoneId,
    zoneName: domain.name,
    tsig: { name: "cf.example." },
    dnssec: { signing: "live" },
    registrar: { hostup: { domainName: domain.name, dnssec: "ds-records" } },
  };
  return `const { SecondaryZone } = require("pulumi-secondary-dns");
const zone = new SecondaryZone("zone", ${JSON.stringify(args)});
exports.ds = zone.ds;
exports.dsAtParent = zone.dsAtParent;
`;
};

describeAtPort53("a SecondaryZone whose DS is published at HostUp", () => {
  test("gets it there after all else, says what the parent has, and withdraws it before all else", async () => {
    const domain = await startSignedDomain();
    const { control } = domain;
    try {
      const stack = await createStack({
        files: { "index.js": program(domain) },
        env: credentials(control.simulator),
      });
      const { stdout } = await stack.succeed("preview");
      expect(stdout).toContain("secondary-dns:HostupDsSet zone-registrar-ds create");
      expect(await control.requests()).toEqual([]);

      await stack.up();
      expect(await domain.atParent()).toEqual([domain.ds]);
      expect((await writes(domain)).at(-1)).toMatch(/^POST .*\/dnssec$/);
      await stack.succeed("preview", "--refresh", "--expect-no-changes");

      await stack.succeed("refresh", "--yes", "--skip-preview");
      await control.forgetRequests();
      await stack.succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
      expect(await control.requests()).toEqual([]);
      const [keyTag] = domain.ds.split(" ");
      const { dsAtParent } = await stack.outputs();
      expect(dsAtParent).toMatchObject({ records: [{ keyTag: Number(keyTag) }] });

      await stack.destroy();
      expect((await writes(domain))[0]).toMatch(/^DELETE .*\/dnssec\/dsr_/);
      expect(await domain.atParent()).toEqual([]);
    } finally {
      await domain.close();
    }
  });
});

async function writes({ control }: SignedDomain): Promise<string[]> {
  const made = await control.requests();
  return made.flatMap(({ method, path }) => (method === "GET" ? [] : [`${method} ${path}`]));
}
