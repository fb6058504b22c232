import * as pulumi from "@pulumi/pulumi";
import type { SecondaryZoneArgs } from "./secondary-zone-args";
import { isRotating, isShared, type OwnTsig, type TsigChoice } from "./tsig-choice";

/** A component's inputs are saved in plain text, so its secrets are marked before they get there. */
export function savedArgs(args: SecondaryZoneArgs): pulumi.Inputs {
  const { accountId, zoneId, zoneName, primaries, waitForTransfer, dnssec, registrar, tsig } = args;
  return {
    accountId,
    zoneId,
    zoneName,
    primaries: primaries?.map((primary) =>
      "existing" in primary ? { existing: primary.existing.id } : primary,
    ),
    waitForTransfer,
    dnssec,
    registrar,
    tsig: tsigState(tsig),
  };
}

function tsigState(tsig: TsigChoice): pulumi.Inputs {
  const marked = (own: OwnTsig) => ({
    ...own,
    secret: own.secret === undefined ? undefined : pulumi.secret(own.secret),
  });
  if (isShared(tsig)) return { existing: tsig.existing.id, also: tsig.also?.map(({ id }) => id) };
  return isRotating(tsig) ? { keys: tsig.keys.map(marked), active: tsig.active } : marked(tsig);
}
