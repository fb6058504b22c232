import * as pulumi from "@pulumi/pulumi";
import { withoutDot } from "../provider/dns/domain-name";
import { inZone, type NamedZone } from "../provider/named-zone";
import { Tsig, type TsigArgs } from "../provider/tsig";
import type { Credentials } from "./credentials";
import { apply, type Transform } from "./transform";

/** The transfer key of a zone: its own key, several keys of which one is active, or an existing key. */
export type TsigChoice = OwnTsig | RotatingTsig | SharedTsig;

/** A TSIG key that belongs to this zone alone; see {@link TsigArgs} for each field. */
export interface OwnTsig extends Pick<TsigArgs, "name" | "algo" | "secret" | "adopt"> {
  readonly keys?: undefined;
  readonly active?: undefined;
  readonly existing?: undefined;
  readonly also?: undefined;
}

/**
 * Several keys at once, to rotate a key without a failed transfer: add the new key, put `primaryConfig` on the
 * primary, make the new key active, and only then remove the old one. See docs/rotate-a-tsig-key.md.
 */
export interface RotatingTsig {
  /** All of them exist at Cloudflare and appear in `primaryConfig`. Names are plain strings and must be unique. A key that is added or removed is created or deleted; the others stay in place. */
  readonly keys: readonly (OwnTsig & { readonly name: string })[];
  /** The name of the key that signs transfers. A change moves the peers in place and waits for a transfer. */
  readonly active: string;
  readonly name?: undefined;
  readonly existing?: undefined;
}

/** Keys that are created elsewhere, for many zones. */
export interface SharedTsig {
  /** The key that signs transfers. Another key moves the peers in place. */
  readonly existing: Tsig;
  /** Other keys that the primary must accept during a rotation. Left out, none. Changes `primaryConfig` in place. */
  readonly also?: readonly Tsig[] | undefined;
  readonly name?: undefined;
  readonly keys?: undefined;
}

export interface TransferKeys {
  readonly active: Tsig;
  /** Every key that the primary is to take, the active one first. */
  readonly all: readonly [Tsig, ...Tsig[]];
}

interface Making {
  readonly parent: pulumi.Resource;
  readonly accountId: pulumi.Input<string>;
  readonly zone: NamedZone;
  readonly credentials: Credentials;
  /** `adopt: true` for each that does not say otherwise. */
  readonly adoption: { readonly adopt?: boolean };
  readonly transform?: Transform<TsigArgs> | undefined;
}

/** Makes the keys of a zone that are its own. */
export function transferKeys(name: string, choice: TsigChoice, making: Making): TransferKeys {
  if (isShared(choice)) return { active: choice.existing, all: [choice.existing, ...(choice.also ?? [])] };
  if (!isRotating(choice)) {
    // A program that goes back to one key keeps the one that was active.
    const before = typeof choice.name === "string" ? [nameOf(name, choice.name)] : [];
    const only = make(`${name}-tsig`, { own: choice, path: "tsig" }, before, making);
    return { active: only, all: [only] };
  }
  const activeName = plainKeyName(choice.active);
  const rotating = { ...making, zone: { ...making.zone, hasSeveralKeys: true } };
  const made = choice.keys.map((own, index) => {
    const isActive = plainKeyName(own.name) === activeName;
    // A program that had one key goes on with it as the active one.
    const before = isActive ? [`${name}-tsig`] : [];
    const key = { own, path: `tsig.keys[${index}]` };
    return { isActive, tsig: make(nameOf(name, own.name), key, before, rotating) };
  });
  const active = made.find(({ isActive }) => isActive);
  if (active === undefined) throw new pulumi.RunError("tsig.active is none of tsig.keys");
  const others = made.filter((each) => each !== active).map(({ tsig }) => tsig);
  return { active: active.tsig, all: [active.tsig, ...others] };
}

/** One form for all spellings of a key's name: without case (RFC 8945 section 4.2) and final dot. */
export function plainKeyName(name: string): string {
  return withoutDot(name).toLowerCase();
}

/** Not by `in`: a program may spell out a key that it leaves undefined. */
export function isShared(choice: TsigChoice): choice is SharedTsig {
  return "existing" in choice && choice.existing !== undefined;
}

export function isRotating(choice: TsigChoice): choice is RotatingTsig {
  return "keys" in choice && choice.keys !== undefined;
}

function make(
  resource: string,
  { own, path }: { readonly own: OwnTsig; readonly path: string },
  before: readonly string[],
  { parent, accountId, zone, credentials, adoption, transform }: Making,
): Tsig {
  const aliased = { parent, aliases: before.map((name) => ({ name })) };
  const fields = ["name", "algo", "secret", "adopt"] as const;
  const paths = Object.fromEntries(fields.map((field) => [field, `${path}.${field}`]));
  const adopt = own.adopt ?? adoption.adopt;
  const wanted = { accountId, ...own, ...(adopt === undefined ? {} : { adopt }), ...credentials };
  const [args, options] = apply(transform, wanted, aliased, paths);
  return new Tsig(resource, inZone(args, zone), options);
}

function nameOf(zone: string, key: string): string {
  return `${zone}-tsig-${plainKeyName(key)}`;
}
