import * as pulumi from "@pulumi/pulumi";
import type { Tsig } from "../provider/tsig";
import { isNew } from "./is-new";
import type { SecondaryZoneArgs } from "./secondary-zone-args";
import { isRotating, isShared, type OwnTsig, plainKeyName, type TsigChoice } from "./tsig-choice";

/**
 * Told at preview, while nothing has changed yet: a key whose secret is generated is made anew, and the zone's
 * primaries cannot have it. So it is with a zone that got another name in the program, since Pulumi takes that for
 * another zone.
 */
export function warnOfNewKey(
  zone: pulumi.Resource,
  { tsig, primaries, adopt }: SecondaryZoneArgs,
  key: Tsig,
): void {
  if (!pulumi.runtime.isDryRun() || !primaries?.length || !isGenerated(tsig, adopt)) return;
  pulumi.all([isNew(key), key.name]).apply(([isToBeMade, name]) => {
    if (!isToBeMade) return;
    void pulumi.log.warn(
      `The key "${name}" will be created with a new secret that the primaries do not have. Until they have it, transfers fail and the zone goes stale. Next: if the zone was renamed in the program, give it aliases: [{ name: "its old name" }], which keeps the key; otherwise create the zone without primaries first, and put on them what npx pulumi-secondary-dns primary-config shows.`,
      zone,
    );
  });
}

/** The key that signs, as far as it is not given and not to be taken over. */
function isGenerated(choice: TsigChoice, adopt: boolean | undefined): boolean {
  const active = activeOf(choice);
  return active !== undefined && active.secret === undefined && !(active.adopt ?? adopt);
}

function activeOf(choice: TsigChoice): OwnTsig | undefined {
  if (isShared(choice)) return undefined;
  if (!isRotating(choice)) return choice;
  return choice.keys.find(({ name }) => plainKeyName(name) === plainKeyName(choice.active));
}
