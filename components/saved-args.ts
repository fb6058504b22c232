import * as pulumi from "@pulumi/pulumi";
import { isExisting } from "./existing-peer";
import type { SecondaryZoneArgs } from "./secondary-zone-args";
import { isRotating, isShared, type OwnTsig, type TsigChoice } from "./tsig-choice";

/** A component's inputs are saved in plain text, so its secrets are marked before they get there. */
export function savedArgs(args: SecondaryZoneArgs): pulumi.Inputs {
  const { accountId, zoneId, zoneName, primaries, waitForTransfer, dnssec, registrar, adopt, profile, tsig } =
    args;
  return {
    accountId,
    zoneId,
    zoneName,
    primaries: primaries?.map((primary) =>
      isExisting(primary)
        ? { existing: primary.existing.id }
        : { address: primary.address, port: primary.port },
    ),
    waitForTransfer,
    dnssec,
    registrar,
    adopt,
    profile,
    tsig: tsigState(tsig),
  };
}

function tsigState(tsig: TsigChoice): pulumi.Inputs {
  // Field by field: what else is there could be a misspelt secret.
  const marked = ({ name, algo, secret, adopt }: OwnTsig) => ({
    name,
    algo,
    secret: secret === undefined ? undefined : pulumi.secret(secret),
    adopt,
  });
  if (isShared(tsig)) return { existing: tsig.existing.id, also: tsig.also?.map(({ id }) => id) };
  return isRotating(tsig) ? { keys: tsig.keys.map(marked), active: tsig.active } : marked(tsig);
}
