import { CONFIGURABLE } from "./configured-primary";
import { setKeyStates } from "./dns-key-states";
import type { DnsServer } from "./dns-server";
import { configOf, type Kind, startChanging, VALID } from "./mode-changes";
import type { Mode } from "./server-config";
import { describeEach } from "./with-each";

const KINDS: Readonly<Record<Mode, Kind>> = {
  none: "unsigned",
  nsec: "NSEC",
  nsec3: "NSEC3",
  "multi-signer": "NSEC3",
};

/** Tests that each server goes this way, from a zone that was never signed, and with edits between. */
export function modeChangeTests(...way: readonly [Mode, ...Mode[]]): void {
  describeEach(
    CONFIGURABLE,
    ({ name }) => name,
    (server) => {
      test(
        `goes ${way.join(" -> ")} with no failure, no fall of the serial and no signature lost`,
        () => goes(server, way),
        30_000 * way.length,
      );
    },
  );
}

async function goes(server: DnsServer, [first, ...others]: readonly [Mode, ...Mode[]]): Promise<void> {
  let text = configOf(first)[server.name];
  const primary = await startChanging(server, text);
  let isDelegated = false;
  try {
    for (const mode of others) {
      text = asTold(server, configOf(mode)[server.name], text);
      await primary.configure(text);
      // What has a DS stays signed when the text signs no longer, in whatever way.
      const kinds: Kind[] = mode === "none" && isDelegated ? ["NSEC", "NSEC3"] : [KINDS[mode]];
      for (const isEdited of [false, true]) {
        if (isEdited) await primary.edit();
        const zone = await primary.handedOver(...kinds);
        if (!isDelegated && mode !== "none") {
          await primary.delegate(zone);
          // BIND minds a DS only when it has seen the keys long enough.
          if (server.name === "bind") await setKeyStates(primary.folder, "omnipresent");
          isDelegated = true;
        }
        if (isDelegated) expect(await primary.validate()).toEqual(VALID);
      }
    }
  } finally {
    expect(await primary.stop()).toEqual([]);
  }
}

/** What the text says of a zone that was signed: on Knot its lines stay, the other texts see to it themselves. */
function asTold({ name }: DnsServer, text: string, before: string): string {
  const isSigned = /^ +dnssec-signing: on$/m;
  if (name !== "knot" || isSigned.test(text) || !isSigned.test(before)) return text;
  const [, policy = ""] = /^(policy:\n(?: .*\n)+)/m.exec(before) ?? [];
  const [, lines = ""] = /^( +dnssec-signing: .*\n +dnssec-policy: .*\n)/m.exec(before) ?? [];
  return text.replace(/^zone:$/m, `${policy}$&`).replace(/^ {4}notify:/m, `${lines}$&`);
}
