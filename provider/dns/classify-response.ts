import type { FailureCause } from "./failure";
import type { Message, QuestionType } from "./message";
import type { TsigVerdict } from "./tsig";

export const RCODE = { NOERROR: 0, NXDOMAIN: 3, REFUSED: 5, NOTAUTH: 9 } as const;

/**
 * Why a response gives nothing, or `undefined` when it is good. BIND, Knot, NSD and PowerDNS differ in how they
 * refuse; tests/dns/ask-primary.test.ts has what each says.
 */
export function failureOf(
  { rcode, isAuthoritative }: Pick<Message, "rcode" | "isAuthoritative">,
  verdict: TsigVerdict | undefined,
  type: QuestionType,
): FailureCause | undefined {
  if (verdict !== undefined && verdict.kind !== "verified" && verdict.kind !== "unsigned") return verdict;
  const isUnsigned = verdict?.kind === "unsigned";
  const isTransfer = type === "AXFR";
  switch (rcode) {
    case RCODE.NOERROR:
      if (isUnsigned) return { kind: "unsigned-answer" };
      // RFC 5936 section 2.2.1 wants it in transfers too, but Knot leaves it out there.
      return isAuthoritative || isTransfer ? undefined : { kind: "not-authoritative" };
    case RCODE.NXDOMAIN:
      return { kind: "not-authoritative" };
    case RCODE.REFUSED:
      // To a question that is no transfer, all four say so when they do not serve the zone.
      if (!isTransfer) return { kind: "not-authoritative" };
      return { kind: verdict === undefined ? "no-key" : "refused" };
    case RCODE.NOTAUTH:
      if (verdict?.kind === "verified") return { kind: "not-authoritative" };
      if (isTransfer) return { kind: verdict === undefined ? "no-key" : "refused" };
      return { kind: isUnsigned ? "key-refused" : "not-authoritative" };
    default:
      return { kind: "failed", rcode };
  }
}
