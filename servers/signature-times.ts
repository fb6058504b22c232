const DAY = 86_400;
/** Longer than anyone means, and short enough for what RFC 4034 section 3.1.5 can say of a signature's end. */
const LONGEST_DAYS = 3_650;

/** In whole days. */
export interface SignatureTimes {
  /** How long new signatures are good. */
  readonly lifetime: number;
  /** How long they are good at least when they are handed over. */
  readonly remaining: number;
  /** How long a change may take to get to Cloudflare. */
  readonly propagation: number;
}

/**
 * Cloudflare may miss a NOTIFY and fail a look or two, and goes on serving what it has: its signatures have to
 * last for that, and new keys have to wait for it.
 */
export function signatureTimes({ refreshSeconds }: { readonly refreshSeconds: number }): SignatureTimes {
  const propagation = Math.min(Math.ceil((2 * refreshSeconds) / DAY), LONGEST_DAYS);
  const remaining = Math.max(7, propagation + 1);
  return { lifetime: Math.max(21, 2 * remaining), remaining, propagation };
}

/** A line for a server that signs for a fixed time: empty when Cloudflare looks often enough for that. */
export function refreshWarning(
  { refreshSeconds }: { readonly refreshSeconds: number },
  remainingDays: number,
): readonly string[] {
  const most = (remainingDays * DAY) / 2;
  if (refreshSeconds <= most) return [];
  return [
    `autoRefreshSeconds is ${refreshSeconds}: signatures of this server may expire at Cloudflare before it looks again. At most ${most} is safe.`,
  ];
}
