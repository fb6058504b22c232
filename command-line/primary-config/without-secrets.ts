import type { Zones } from "../../servers/primary-zone";
import { keysOf } from "../../servers/shared-parts";

/** No base64, so that no server takes it for a secret. */
export const PLACEHOLDER = "<secret not shown>";

/** The text with a placeholder for each secret of these zones' keys. */
export function withoutSecrets(text: string, zones: Zones): string {
  const secrets = keysOf(zones).map((key): string => key.secret);
  // One may be the end of another.
  const longestFirst = secrets.sort((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, PLACEHOLDER), text);
}
