/** An incoming transfer that a delete leaves behind, with peers that nobody may delete while it stands. */
interface LeftBehind {
  readonly done: Promise<unknown>;
  unlink(): Promise<void>;
}

/**
 * What resources of one run know of each other: which peers are the program's own, now or until now, and which
 * transfers a delete left with peers of which that shows only later.
 */
export class PeerLinks {
  readonly #ours = new Set<string>();
  readonly #left = new Map<string, Set<LeftBehind>>();

  clear(): void {
    this.#ours.clear();
    this.#left.clear();
  }

  /** The program or its state has a resource for this peer. */
  isOurs(peerId: string): boolean {
    return this.#ours.has(peerId);
  }

  /** The engine has asked about the resource of this peer. */
  seen(peerId: string): void {
    this.#ours.add(peerId);
  }

  /** Leaves a transfer with these peers, unless one of them turns out to be deleted in the same run. */
  async leave(
    peerIds: readonly string[],
    act: () => Promise<unknown>,
    unlink: () => Promise<void>,
  ): Promise<void> {
    const done = act();
    const left: LeftBehind = { done, unlink };
    for (const id of peerIds) this.#left.set(id, (this.#left.get(id) ?? new Set()).add(left));
    await done;
  }

  /** Before a peer is deleted: a service refuses that while a zone is linked to it. */
  async release(peerId: string): Promise<void> {
    for (const left of this.#left.get(peerId) ?? []) {
      for (const others of this.#left.values()) others.delete(left);
      // Its failure is told where it happened.
      await left.done.catch(() => undefined);
      await left.unlink();
    }
  }
}
