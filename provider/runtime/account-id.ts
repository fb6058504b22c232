import { InputError } from "../core/errors";

/** The id of something that belongs to an account: `<accountId>/<its id>`. */
export interface AccountScoped {
  readonly accountId: string;
  readonly objectId: string;
}

const OBJECT_ID = { Tsig: "tsigId", TransferPeer: "peerId" };

export function parseAccountScoped(kind: "Tsig" | "TransferPeer", id: string): AccountScoped {
  const [accountId, objectId, ...rest] = id.split("/");
  if (!accountId || !objectId || rest.length > 0) {
    throw new InputError(
      `The id of a ${kind} is ${JSON.stringify(id)}; allowed: <accountId>/<${OBJECT_ID[kind]}>.`,
    );
  }
  return { accountId, objectId };
}
