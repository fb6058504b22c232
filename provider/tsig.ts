import * as pulumi from "@pulumi/pulumi";
import { algorithmWarning, secretWarning, type TsigAlgorithm } from "./dns/tsig-algorithm";
import {
  type GetOptions,
  hasType,
  type Lookup,
  type LookupOptions,
  lookUp,
  ManagedResource,
  register,
  withSecretOutputs,
} from "./resource";

const registration = register<Tsig>("Tsig", "tsig", {
  accountId: undefined,
  name: undefined,
  algo: undefined,
  secret: undefined,
  adopt: undefined,
  profile: undefined,
  tsigId: undefined,
  revision: undefined,
});

/** The arguments of a {@link Tsig}. */
export interface TsigArgs {
  /** The Cloudflare account, 32 hexadecimal digits. A change replaces the TSIG. */
  readonly accountId: pulumi.Input<string>;
  /**
   * The key's name, a domain name; the primary must use the same name. Normalized to lower case with a final dot.
   * Changes in place, once all primaries that can be queried accept the new key; until then a change is refused.
   */
  readonly name: pulumi.Input<string>;
  /**
   * The algorithm, with or without the final dot; the primary must use the same one. HMAC-MD5 is refused, and SHA-1 and
   * SHA-224 cause a warning (RFC 8945 section 6). Changes in place.
   * @default "hmac-sha512."
   */
  readonly algo?:
    | pulumi.Input<
        TsigAlgorithm | "hmac-sha512" | "hmac-sha384" | "hmac-sha256" | "hmac-sha224" | "hmac-sha1"
      >
    | undefined;
  /**
   * The shared secret in base64, 16 to 256 bytes; RFC 8945 section 8 recommends at least the length of the hash.
   * Left out, 64 bytes are generated at create and kept, even by `up --replace`. For a new secret, create another `Tsig`
   * with another key name, which the primary can have beside the old one. Changes in place. Always a secret, even when
   * given as a plain string.
   */
  readonly secret?: pulumi.Input<string> | undefined;
  /**
   * Take over the account's TSIG of this name, if there is exactly one, or exactly one with this algorithm and secret,
   * instead of creating another: names are not unique at Cloudflare. Destroy then deletes it. Its algorithm is set to
   * `algo`, so give the one that its transfers use. Used only at create.
   * @default false
   */
  readonly adopt?: pulumi.Input<boolean> | undefined;
  /**
   * Which credentials to use: "eu" reads `cloudflare-eu:apiToken` (or `CLOUDFLARE_EU_API_TOKEN`). Left out, `cloudflare:apiToken`.
   * Changes in place.
   */
  readonly profile?: pulumi.Input<string> | undefined;
}

/**
 * A TSIG key for zone transfers (RFC 8945) in a Cloudflare account.
 *
 * The token needs the permission "Account Settings Write".
 * Source: https://developers.cloudflare.com/api/resources/dns/subresources/zone_transfers/subresources/tsigs/
 *
 * @example
 * ```ts
 * const tsig = new Tsig("transfer-key", {
 *   accountId: "0123456789abcdef0123456789abcdef",
 *   name: "cf.example.com.",
 * });
 * export const secret = tsig.secret; // shown only with --show-secrets
 * ```
 */
export class Tsig extends ManagedResource {
  /** The type token, for policies. */
  static readonly __pulumiType = registration.type;

  declare readonly accountId: pulumi.Output<string>;
  /** The key's name, in lower case with a final dot. */
  declare readonly name: pulumi.Output<string>;
  /** The algorithm, with a final dot. */
  declare readonly algo: pulumi.Output<TsigAlgorithm>;
  /** The shared secret in base64, given or generated. Always a secret. */
  declare readonly secret: pulumi.Output<string>;
  declare readonly adopt: pulumi.Output<boolean>;
  declare readonly profile: pulumi.Output<string | undefined>;
  /** Cloudflare's id of the TSIG, for peers. The resource's own id is `<accountId>/<tsigId>`. */
  declare readonly tsigId: pulumi.Output<string>;
  /**
   * How many times name, algorithm or secret were changed in place; absent before the first change. For `triggers` of an
   * IncomingTransfer, so that a transfer proves that the changed key works.
   */
  declare readonly revision: pulumi.Output<number | undefined>;

  /** Looks up a TSIG that something else manages, by the id `<accountId>/<tsigId>`. Needs credentials at preview too. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, options?: GetOptions): Tsig {
    return new Tsig(name, ...lookUp(id, options));
  }

  static override isInstance(value: unknown): value is Tsig {
    return hasType(value, registration);
  }

  constructor(name: string, args: TsigArgs, options?: pulumi.CustomResourceOptions);
  constructor(name: string, args: Lookup, options: LookupOptions);
  constructor(name: string, args: Partial<TsigArgs>, options: pulumi.CustomResourceOptions = {}) {
    const secret = args.secret === undefined ? undefined : pulumi.secret(args.secret);
    const owner = options.id === undefined ? ownerOf(name) : undefined;
    const inputs = { ...args, secret, __owner: owner };
    super(registration, name, args, withSecretOutputs(options, "secret"), inputs);
    warnAboutWeakness(this, args);
  }
}

/** By this a later run knows its own key again when an earlier one was killed before it could save the state. */
function ownerOf(name: string): string {
  return [pulumi.getProject(), pulumi.getStack(), name].join("/");
}

/** A provider has no way to warn, so the program does; only lengths are looked at, never printed values. */
function warnAboutWeakness(resource: Tsig, { algo, secret }: Partial<TsigArgs>): void {
  // The defaults are not weak.
  if (algo === undefined && secret === undefined) return;
  pulumi.output([algo, secret]).apply(([algorithm = "hmac-sha512.", text]) => {
    // Whatever else came is for check to refuse.
    if (typeof algorithm !== "string" || (text !== undefined && typeof text !== "string")) return;
    const warnings = [
      algorithmWarning(algorithm),
      text === undefined ? undefined : secretWarning(algorithm, text),
    ];
    for (const warning of warnings) if (warning) pulumi.log.warn(warning, resource);
  });
}
