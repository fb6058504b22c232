import { InputError } from "../core/errors";

/** The id of something that belongs to an account: `<accountId>/<its id>`. */
export interface AccountScoped {
  readonly accountId: string;
  readonly objectId: string;
}

/** `kind` is the resource's class, whose last word names the object's id: `peerId` of a `TransferPeer`. */
export function parseAccountScoped(kind: string, id: string): AccountScoped {
  const [accountId, objectId, ...rest] = id.split("/");
  if (!accountId || !objectId || rest.length > 0) {
    throw new InputError(
      `The id of a ${kind} is ${JSON.stringify(id)}; allowed: <accountId>/<${objectIdOf(kind)}>.`,
    );
  }
  return { accountId, objectId };
}

function objectIdOf(kind: string): string {
  return `${/[A-Z][a-z]+$/.exec(kind)?.[0].toLowerCase()}Id`;
}
