import { dsOf } from "../../../simulator/dns/ds";
import { type Name, parseName } from "../../../simulator/dns/name";
import { KEY_FLAGS } from "../../../simulator/dns/signing-key";
import { Caches, forgottenAt, type Given, lastGiven } from "./caches";
import { lookAt, type Response } from "./served";
import { isKept, type SignedSet, signersOf } from "./signature";

/** Begins a fault that resolvers see which do not validate, too. */
export const NO_ANSWER = "no answer to ";

/** Rdata in presentation form, as the parent has it. */
export type DsSet = readonly string[];

/**
 * Every validating resolver there can be: with each DS set, each set of keys and each answer that one can have in its
 * cache at a moment, in any mixture (RFC 4035 section 5), and with keys that it trusts for their TTL though the DS has gone
 * by which it came to trust them (section 4.3). A DS set that is empty makes the zone insecure.
 */
export class Judge {
  readonly #ds = new Caches<DsSet>();
  readonly #delegation = new Caches<boolean>();
  readonly #keys = new Caches<SignedSet>();
  readonly #responses = new Caches<readonly Response[]>();
  readonly #zone: Name;
  #refused: readonly string[] = [];

  constructor(
    private readonly port: number,
    private readonly zone: string,
  ) {
    this.#zone = parseName(zone);
    this.delegated(true, 0);
  }

  /** What the parent gives out from now on. */
  atParent(ds: DsSet, ttl: number): void {
    this.#ds.give(ds, ds.join(), ttl);
  }

  /** Whether it sends resolvers to Cloudflare from now on. */
  delegated(isHere: boolean, ttl: number): void {
    this.#delegation.give(isHere, String(isHere), ttl);
  }

  /** Whether some resolver can still ask Cloudflare. */
  get isAsked(): boolean {
    return this.#delegation.held().includes(true);
  }

  get heldDs(): readonly DsSet[] {
    return this.#ds.held();
  }

  /** When no DS counts any more that has gone from the parent, nor keys by it, in milliseconds since 1970. */
  get endOfPastDs(): number {
    const keyTtl = Math.max(0, ...this.#keys.all.map(({ ttl }) => ttl));
    const gone = this.#ds.all.filter(({ item, to }) => item.length > 0 && to !== undefined);
    return Math.max(0, ...gone.map((each) => forgottenAt(each) + keyTtl * 1_000));
  }

  /** When no keys count any more that are served no longer, in milliseconds since 1970. */
  get endOfPastKeys(): number {
    const gone = this.#keys.all.filter(({ to }) => to !== undefined);
    return Math.max(0, ...gone.map(forgottenAt));
  }

  /** When nobody asks Cloudflare any more by a delegation that has gone, in milliseconds since 1970. */
  get endOfPastDelegation(): number {
    const gone = this.#delegation.all.filter(({ item, to }) => item && to !== undefined);
    return Math.max(0, ...gone.map(forgottenAt));
  }

  /** The key-signing keys that sign what is served now, the latest last. */
  get servedKeys(): readonly Buffer[] {
    return this.#keys.all
      .slice(-1)
      .flatMap(({ item }) => this.#signersOf(item, keysIn(item)))
      .filter((key) => key.readUInt16BE(0) === KEY_FLAGS.ksk);
  }

  /**
   * Whether no resolver that has a DS can validate any keys of the zone: what it gets it neither passes on nor keeps. One
   * without a DS takes every answer, now and later.
   */
  get isBogus(): boolean {
    const sets = this.#ds.held().filter((ds) => ds.length > 0);
    const isTrusted = this.#keys.held().some((keys) => sets.some((ds) => this.#isTrusted(keys, ds)));
    return sets.length > 0 && !isTrusted && this.#trustedOfOld().length === 0;
  }

  /**
   * What is served. `isPassing`: in the middle of a run, where nobody is blamed for a moment without answers. When a primary
   * turns to the other kind of NSEC, Cloudflare gives none from the transfer to the change of its flag, in whatever order
   * the two come.
   */
  async look({ isPassing = false } = {}): Promise<void> {
    const { keys, responses, refused } = await lookAt(this.port, this.zone);
    if (isPassing && refused.length > 0) return;
    this.#refused = refused;
    if (refused.length > 0) return;
    this.#keys.give(keys, keysIn(keys).map(hex).join(), ttlOf([keys]));
    const sets = responses.flatMap((response) => response.sets);
    const signatures = sets.flatMap((set) => set.signatures.map(({ rdata }) => hex(rdata)));
    this.#responses.give(responses, signatures.join(), ttlOf(sets));
  }

  /** What those do not get who ask Cloudflare, if anybody does; with what the parent is still to have. */
  verdict(...coming: readonly DsSet[]): readonly string[] {
    return this.isAsked ? this.faultsWith(...coming) : [];
  }

  /** What they would not get; with more DS sets in their caches, if there are any. */
  faultsWith(...more: readonly DsSet[]): readonly string[] {
    if (this.#refused.length > 0) return this.#refused.map((what) => `${NO_ANSWER}${what}`);
    const held = [...this.#ds.held(), ...more].filter((ds) => ds.length > 0);
    const heldKeys = this.#keys.held((keys) => this.#isKept(keys));
    const responses = this.#responses.held((each) =>
      each.every(({ sets }) => sets.every((set) => this.#isKept(set))),
    );
    const noEntry = held.flatMap((ds) =>
      heldKeys.some((keys) => !this.#isTrusted(keys, ds))
        ? [`DS ${tagsOf(ds)} leads to no key that signs the set of keys`]
        : [],
    );
    const trusted = held.length > 0 ? heldKeys : this.#trustedOfOld();
    const unsigned = trusted.flatMap((keys) =>
      responses.flat().flatMap(({ what, sets }) => {
        const isSigned = sets.every((set) => this.#signersOf(set, keysIn(keys)).length > 0);
        return isSigned ? [] : [`${what} is signed by none of the keys of a resolver`];
      }),
    );
    return [...new Set([...noEntry, ...unsigned])];
  }

  /** The sets of keys that a resolver can have got, at the latest, when a DS for them was still in its cache. */
  #trustedOfOld(): readonly SignedSet[] {
    const isTrustedStill = (keys: Given<SignedSet>, ds: Given<DsSet>) => {
      const got = Math.min(lastGiven(keys), forgottenAt(ds));
      return got >= keys.from && Date.now() < got + keys.ttl * 1_000 && this.#isTrusted(keys.item, ds.item);
    };
    const all = this.#ds.all.filter(({ item }) => item.length > 0);
    return this.#keys.all
      .filter((keys) => all.some((ds) => isTrustedStill(keys, ds)))
      .map(({ item }) => item);
  }

  #isTrusted(keys: SignedSet, ds: DsSet): boolean {
    return this.#signersOf(keys, keysIn(keys)).some((key) =>
      ([1, 2, 4] as const).some((type) => ds.includes(dsOf(this.#zone, key, type))),
    );
  }

  #isKept(set: SignedSet): boolean {
    return isKept(set, Math.floor(Date.now() / 1_000));
  }

  #signersOf(set: SignedSet, keys: readonly Buffer[]): readonly Buffer[] {
    return signersOf(set, keys, Math.floor(Date.now() / 1_000));
  }
}

function keysIn({ records }: SignedSet): readonly Buffer[] {
  return records.map(({ rdata }) => rdata);
}

function ttlOf(sets: readonly SignedSet[]): number {
  return Math.max(0, ...sets.flatMap(({ records }) => records.map(({ ttl }) => ttl)));
}

function hex(bytes: Buffer): string {
  return bytes.toString("hex");
}

function tagsOf(ds: DsSet): string {
  return ds.map((each) => each.split(" ")[0]).join("+");
}
