import type { SecondaryZoneArgs } from "./secondary-zone-args";

/** What each child at Cloudflare is told of credentials. */
export type Credentials = Pick<SecondaryZoneArgs, "profile">;

export function credentialsOf({ profile }: SecondaryZoneArgs): Credentials {
  // What configuration leaves empty comes as null.
  return profile ? { profile } : {};
}
