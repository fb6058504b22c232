import type { State, Zone } from "../state";
import { nameServersFor } from "./name-servers";
import { shownZoneName } from "./shown-zone-name";

const MADE_ON = "2024-01-01T00:00:00.000000Z";

const PLAN_NAMES = {
  free: "Free Website",
  pro: "Pro Website",
  business: "Business Website",
  enterprise: "Enterprise Website",
} as const;

const PAGE_RULES = { free: 3, pro: 20, business: 50, enterprise: 125 } as const;

/** With every field that the official SDK's type has without a question mark, and those that people read. */
export function presentZone(zone: Zone, { accounts, switches }: State): object {
  const account = { id: zone.accountId, name: accounts[zone.accountId]?.name ?? "" };
  return {
    id: zone.id,
    name: shownZoneName(zone.name, switches),
    status: zone.status,
    paused: zone.paused,
    type: zone.type,
    development_mode: 0,
    name_servers: nameServersFor(zone.type),
    vanity_name_servers: zone.vanityNameServers,
    original_name_servers: null,
    original_registrar: null,
    original_dnshost: null,
    created_on: MADE_ON,
    modified_on: MADE_ON,
    activated_on: zone.status === "active" ? MADE_ON : null,
    meta: {
      step: 2,
      custom_certificate_quota: zone.plan === "enterprise" ? 1 : 0,
      page_rule_quota: PAGE_RULES[zone.plan],
      phishing_detected: false,
      foundation_dns: false,
    },
    owner: { ...account, type: "organization" },
    account,
    plan: { id: zone.plan, legacy_id: zone.plan, name: PLAN_NAMES[zone.plan], is_subscribed: true },
  };
}
