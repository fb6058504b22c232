import type { Domain, World } from "../state";
import { publishAutomaticDs, withdrawAutomaticDs } from "./published-ds";

type DnssecAuto = Domain["dnssecAuto"];

const HOSTUP_NAMESERVERS = [
  "primary.ns.hostup.se",
  "secondary.ns.hostup.se",
  // White-label names, likely the "accepted managed aliases".
  "ns1.wdns.se",
  "ns2.wdns.se",
];
/**
 * The registry family of DNSSEC automation.
 * https://developer.hostup.se/endpoints/domain-services/get-v2-domains-id-glue-records
 */
const FAMILY = /\.(?:se|nu|test)$/;

const COOLDOWN = "Nameservers changed recently; automatic DNSSEC is paused until the cooldown period ends.";
const REASONS: Readonly<Record<"inactive" | "excluded" | "pending", string>> = {
  inactive: "The domain is not delegated to HostUp nameservers, or its registry is not supported.",
  excluded: "The domain is opted out of automatic DNSSEC.",
  pending: "Waiting for DNSSEC material and checks.",
};

function isEligible({ name, nameservers }: Domain): boolean {
  return FAMILY.test(name) && nameservers.every((host) => HOSTUP_NAMESERVERS.includes(host.toLowerCase()));
}

export function include(domain: Domain, world: World): void {
  const { status } = domain.dnssecAuto;
  if (status === "excluded" || status === "inactive" || status === "error")
    domain.dnssecAuto.status = "pending";
  settleDnssecAuto(domain, world);
}

export function exclude(domain: Domain, world: World): void {
  settleDnssecAuto(domain, world);
  const { status } = domain.dnssecAuto;
  if (status === "blocked" && world.state.switches.hostupExcludeWhileBlocked === "stays-blocked") return;
  domain.dnssecAuto.status = "excluded";
  withdrawAutomaticDs(domain, world);
  settleDnssecAuto(domain, world);
}

/** A read of the status: enough of them, and what was pending has become active. */
export function read(domain: Domain, world: World): void {
  settleDnssecAuto(domain, world);
  if (domain.dnssecAuto.status !== "pending") return;
  if (domain.readsWhilePending < world.state.switches.hostupPendingReads) {
    domain.readsWhilePending += 1;
    return;
  }
  domain.dnssecAuto.status = "active";
  domain.dnssecAuto.lastCheckedAt = new Date(world.now()).toISOString();
  settleDnssecAuto(domain, world);
}

/** Takes the steps that follow by themselves from time and nameservers, and the fields that follow from the status. */
export function settleDnssecAuto(domain: Domain, world: World): void {
  const auto = domain.dnssecAuto;
  const isCooling = auto.blockedUntil !== null && Date.parse(auto.blockedUntil) > world.now();
  if (!isCooling) {
    auto.blockedUntil = null;
    auto.blockReason = null;
  }
  if (auto.status !== "excluded" && auto.status !== "error") {
    if (!isEligible(domain)) auto.status = "inactive";
    else if (isCooling) auto.status = "blocked";
    else if (auto.status === "blocked") auto.status = "pending";
  }
  if (auto.status === "blocked") auto.blockReason ??= COOLDOWN;
  if (auto.status !== "pending") domain.readsWhilePending = 0;
  if (auto.status === "active") publishAutomaticDs(domain, world);
  auto.reason = reasonOf(auto);
  auto.domainName = domain.name;
  // Not explained in prose, but true in the documents' example of a blocked domain.
  auto.isEnabled = auto.status !== "excluded";
  auto.isBlocked = auto.status === "blocked";
}

function reasonOf({ status, reason, blockReason }: DnssecAuto): string | null {
  switch (status) {
    case "active":
      return null;
    case "blocked":
      return blockReason;
    case "error":
      return reason;
    default:
      return REASONS[status];
  }
}
