import { publishedDs } from "../../../simulator/hostup/published-ds";
import type { Control } from "../control";
import type { DsSet } from "./judge";
import type { ParentZone } from "./parent";

/** A change of the DS set at the parent that HostUp has passed on. */
interface Order {
  readonly due: number;
  readonly isByHand: boolean;
  readonly added: DsSet;
  readonly removed: DsSet;
}

/**
 * The registry of the zone's domain. What HostUp takes reaches the parent so many seconds later: each record for itself, so
 * that one which came by CDS or by hand stays beside it.
 */
export class Registry {
  #taken: DsSet = [];
  #orders: readonly Order[] = [];

  constructor(
    private readonly control: Control,
    private readonly domainId: string,
    private readonly parent: ParentZone,
    private readonly seconds: number,
  ) {}

  /** Has a look at what HostUp was told since the last time. */
  async hear(isByHand = false): Promise<void> {
    const domain = (await this.control.state()).domains[this.domainId];
    const listed = domain ? publishedDs(domain) : [];
    const added = listed.filter((ds) => !this.#taken.includes(ds));
    const removed = this.#taken.filter((ds) => !listed.includes(ds));
    this.#taken = listed;
    if (added.length + removed.length === 0) return;
    this.#orders = [...this.#orders, { due: Date.now() + this.seconds * 1_000, isByHand, added, removed }];
  }

  /** When the next order is carried out, in milliseconds since 1970; `undefined`: there is none, or nobody would see it. */
  get next(): number | undefined {
    return this.parent.isReachable ? this.#orders[0]?.due : undefined;
  }

  /** Whether a DS is on its way, of anybody or of those alone who work by hand. */
  isAdding(isByHand = false): boolean {
    return this.#orders.some((order) => order.added.length > 0 && (order.isByHand || !isByHand));
  }

  /** The DS sets that the parent comes to have. */
  get coming(): readonly DsSet[] {
    let ds = this.parent.ds;
    return this.#orders.map((order) => (ds = after(ds, order)));
  }

  /** Carries the next one out; whether a DS has come of which the program has to hear. */
  async carryOut(): Promise<boolean> {
    const [order, ...others] = this.#orders;
    if (order === undefined) return false;
    this.#orders = others;
    const before = this.parent.ds;
    await this.parent.publish(after(before, order));
    return this.parent.ds.some((ds) => !before.includes(ds));
  }
}

function after(ds: DsSet, { added, removed }: Order): DsSet {
  return [...new Set([...ds, ...added])].filter((each) => !removed.includes(each)).sort();
}
