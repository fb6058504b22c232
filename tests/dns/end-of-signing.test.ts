import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import "../support/one-realm";
import { CONFIGURABLE } from "../support/configured-primary";
import { setKeyStates } from "../support/dns-key-states";
import { run } from "../support/dns-processes";
import type { DnsServer } from "../support/dns-server";
import { pdnsutilIn } from "../support/dns-server-powerdns";
import { type ChangingPrimary, configOf, startChanging, VALID } from "../support/mode-changes";
import { describeEach } from "../support/with-each";

/** What each text says to do when the DS is gone. */
const END: Readonly<Record<DnsServer["name"], (primary: ChangingPrimary) => Promise<void>>> = {
  // As `rndc dnssec -checkds withdrawn` and two days do.
  bind: async ({ folder, configure }) => {
    await setKeyStates(folder, "hidden");
    await configure(configOf("none").bind);
  },
  knot: async ({ configure }) => configure(configOf("none").knot),
  nsd: async ({ folder }) => {
    for (const file of ["example.com.ksk", "example.com.zsk"]) writeFileSync(join(folder, file), "");
  },
  powerdns: async ({ folder }) =>
    void (await run("sh", ["-ec", `${pdnsutilIn(folder)}pdnsutil disable-dnssec example.com`])),
};

describeEach(
  CONFIGURABLE,
  ({ name }) => name,
  (server) => {
    let primary: ChangingPrimary;

    beforeEach(async () => {
      primary = await startChanging(server, configOf("nsec3")[server.name]);
      await primary.handedOver("NSEC3");
      if (server.name === "bind") await setKeyStates(primary.folder, "omnipresent");
      // Knot's lines stay until the end.
      if (server.name !== "knot") await primary.configure(configOf("none")[server.name]);
      await primary.handedOver(server.name === "bind" ? "NSEC" : "NSEC3");
    }, 60_000);

    afterEach(() => primary.stop());

    test("ends signing when it is told to, with a serial that rises, and signs again", async () => {
      await primary.edit();
      await END[server.name](primary);
      // Knot and NSD need the edit for it, BIND has to be through with the one before the other.
      if (server.name === "bind") await primary.handedOver("unsigned");
      await primary.edit();
      await primary.handedOver("unsigned");

      await primary.configure(configOf("nsec")[server.name]);
      await primary.delegate(await primary.handedOver("NSEC"));
      expect(await primary.validate()).toEqual(VALID);
      expect(await primary.stop()).toEqual([]);
    }, 60_000);

    if (server.name === "bind")
      test("does without inline-signing and dnssec-policy again, as the text says, with no fall of the serial", async () => {
        await END.bind(primary);
        await primary.handedOver("unsigned");
        await primary.edit(1_000);
        const without = configOf("none").bind.replace(/^ +(inline-signing|dnssec-policy) .*\n/gm, "");
        for (const ending of ["signed", "signed.jnl", "jbk", "jnl"])
          rmSync(join(primary.folder, `example.com.zone.${ending}`), { force: true });
        await primary.configure(without);
        await primary.edit(1_010);
        await primary.handedOver("unsigned");

        await primary.configure(configOf("nsec3").bind);
        await primary.handedOver("NSEC3");
        await primary.edit();
        // BIND loads the zone anew for the step that takes the two lines out, and answers SERVFAIL for that moment.
        const faults = await primary.stop();
        expect(faults.filter((fault) => fault !== "rcode 2")).toEqual([]);
      }, 60_000);
  },
);
