import { z } from "zod";
import { canonicalRange } from "./cloudflare/ip-range";
import { nameServersFor } from "./cloudflare/name-servers";
import { parseDs } from "./dns/ds";
import { isJsonObject } from "./merge-patch";
import type { SchemasOf } from "./schemas-of";
import {
  type Acl,
  type Domain,
  type DsRecord,
  type IncomingTransfer,
  type Parent,
  PERMISSIONS,
  type Peer,
  type RateLimit,
  SCOPES,
  type State,
  type TransferRecord,
  type Tsig,
  type Zone,
} from "./state";
import { switchesSchema } from "./switches-schema";

const hexId = z.string().regex(/^[0-9a-f]{32}$/, "must be 32 lower-case hex digits");
const time = z.iso.datetime({ offset: true });
const text = z.string().min(1);
const count = z.int().min(0);

const incomingSchema = z.strictObject({
  name: text,
  peers: z.array(hexId),
  auto_refresh_seconds: z.int().min(1).default(86_400),
  created_time: time,
  modified_time: time,
} satisfies SchemasOf<IncomingTransfer>);

const transferSchema = z.strictObject({
  lastError: z.string().nullable().default(null),
  at: time.nullable().default(null),
  trigger: z.enum(["force_axfr", "refresh", "notify", "link"]).nullable().default(null),
  serial: count.max(0xffff_ffff).nullable().default(null),
  records: count.nullable().default(null),
  from: text.nullable().default(null),
  tsigKey: text.nullable().default(null),
  succeeded: count.default(0),
  failed: count.default(0),
  refreshAt: time.nullable().default(null),
} satisfies SchemasOf<TransferRecord>);

const zoneDnssecSchema = z.strictObject({
  status: z.enum(["active", "pending", "disabled", "pending-disabled", "error"]).default("disabled"),
  modified_on: time.nullable().default(null),
  dnssec_presigned: z.boolean().default(false),
  dnssec_use_nsec3: z.boolean().default(false),
  dnssec_multi_signer: z.boolean().default(false),
} satisfies SchemasOf<Zone["dnssec"]>);

const dsSchema = z
  .string()
  .transform((given) => given.trim().replace(/\s+/g, " ").toUpperCase())
  .refine((ds) => parseDs(ds) !== undefined, "must be DS rdata: KEYTAG ALGORITHM DIGESTTYPE HEXDIGEST");

export const hostName = z
  .string()
  .max(254)
  .regex(/^(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?$/, "must be a host name");

const parentSchema = z.strictObject({
  ds: z
    .array(dsSchema)
    .transform((set) => [...new Set(set)])
    .default([]),
  ttl: count.max(0x7fff_ffff).default(3600),
  nameServers: z.array(hostName),
  reachable: z.boolean().default(true),
} satisfies SchemasOf<Parent>);

/** A new zone is delegated to the name servers that Cloudflare gave it. */
function delegated(given: unknown): unknown {
  if (!isJsonObject(given)) return given;
  const { parent = {}, type } = given;
  if (!isJsonObject(parent)) return given;
  const nameServers = nameServersFor(type === "secondary" ? type : undefined);
  return { ...given, parent: { nameServers: [...nameServers], ...parent } };
}

const zoneShape = z.strictObject({
  id: hexId,
  name: hostName,
  type: z.enum(["full", "partial", "secondary", "internal"]).default("full"),
  status: z.enum(["initializing", "pending", "active", "moved"]).default("active"),
  plan: z.enum(["free", "pro", "business", "enterprise"]).default("free"),
  paused: z.boolean().default(false),
  vanityNameServers: z.array(hostName).default([]),
  activationCheckedAt: time.nullable().default(null),
  accountId: hexId,
  dsAtParent: z.boolean().default(false),
  parent: parentSchema,
  dnssec: zoneDnssecSchema.prefault({}),
  dnssecFlagsSet: z
    .array(z.enum(["dnssec_presigned", "dnssec_use_nsec3", "dnssec_multi_signer"]))
    .default([]),
  incoming: incomingSchema.nullable().default(null),
  transfer: transferSchema.prefault({}),
} satisfies SchemasOf<Zone>);
export const zoneSchema = z.preprocess(delegated, zoneShape);

const peerSchema = z.strictObject({
  id: hexId,
  accountId: hexId,
  name: text,
  ip: z.union([z.literal(""), z.ipv4(), z.ipv6()]).default(""),
  port: z.int().min(0).max(65_535).default(0),
  ixfr_enable: z.boolean().default(false),
  tsig_id: z.union([z.literal(""), hexId]).default(""),
} satisfies SchemasOf<Peer>);

const aclSchema = z.strictObject({
  id: hexId,
  accountId: hexId,
  name: text,
  ip_range: z.string().transform((given, context) => {
    const canonical = canonicalRange(given);
    if ("range" in canonical) return canonical.range;
    context.addIssue(canonical.fault);
    return z.NEVER;
  }),
} satisfies SchemasOf<Acl>);

const tsigSchema = z.strictObject({
  id: hexId,
  accountId: hexId,
  name: text,
  algo: text,
  secret: text,
} satisfies SchemasOf<Tsig>);

const dnssecAutoSchema = z.strictObject({
  domainName: text.nullable().default(null),
  status: z.enum(["active", "inactive", "excluded", "pending", "error", "blocked"]).default("excluded"),
  reason: z.string().nullable().default(null),
  isEnabled: z.boolean().default(false),
  isBlocked: z.boolean().default(false),
  blockedUntil: time.nullable().default(null),
  blockReason: z.string().nullable().default(null),
  lastCheckedAt: time.nullable().default(null),
  lastError: z.string().nullable().default(null),
  nameserversChangedAt: time.nullable().default(null),
} satisfies SchemasOf<Domain["dnssecAuto"]>);

const dsRecordSchema = z.strictObject({
  id: z.string().regex(/^dsr_[A-Za-z0-9]+$/, "must be dsr_ and letters or digits"),
  ds: dsSchema,
  addedBy: z.enum(["call", "automation"]).default("call"),
  listed: count.default(0),
} satisfies SchemasOf<DsRecord>);

const domainSchema = z.strictObject({
  id: z.string().regex(/^dom_[A-Za-z0-9]+$/, "must be dom_ and letters or digits"),
  name: text,
  recordType: z.enum(["DS", "KEY", "none"]).default("DS"),
  dsGate: z.strictObject({ reason: text, code: text }).nullable().default(null),
  dsRecords: byId(dsRecordSchema).prefault({}),
  nameservers: z.array(text).min(1).default(["primary.ns.hostup.se", "secondary.ns.hostup.se"]),
  readsWhilePending: count.default(0),
  dnssecAuto: dnssecAutoSchema.prefault({}),
} satisfies SchemasOf<Domain>);

const rateLimitSchema = z.strictObject({
  requests: z.int().min(1),
  seconds: z.int().min(1),
} satisfies SchemasOf<RateLimit>);

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** An object by id, whose members may leave out the `id` that their key already says. */
function byId<Member extends { id: string }>(member: z.ZodType<Member>) {
  return z.preprocess(
    (given) =>
      isObject(given)
        ? Object.fromEntries(
            Object.entries(given).map(([id, value]) => [id, isObject(value) ? { id, ...value } : value]),
          )
        : given,
    z.record(z.string(), member).superRefine((members, context) => {
      for (const [key, { id }] of Object.entries(members)) {
        if (id !== key)
          context.addIssue({ code: "custom", path: [key, "id"], message: "must equal its key" });
      }
    }),
  );
}

export const stateSchema = z.strictObject({
  accounts: byId(z.strictObject({ id: hexId, name: text })),
  zones: byId(zoneSchema),
  tsigs: byId(tsigSchema),
  peers: byId(peerSchema),
  acls: byId(aclSchema),
  domains: byId(domainSchema),
  tokens: z.strictObject({
    cloudflare: z.record(text, z.strictObject({ permissions: z.array(z.enum(PERMISSIONS)) })),
    cloudflareKeys: z.record(text, z.strictObject({ apiKey: text })),
    hostup: z.record(text, z.strictObject({ scopes: z.array(z.enum(SCOPES)) })),
  } satisfies SchemasOf<State["tokens"]>),
  rateLimits: z.strictObject({ cloudflare: rateLimitSchema, hostup: rateLimitSchema }),
  latencyMs: count,
  switches: switchesSchema,
} satisfies SchemasOf<State>);

/** Each thing wrong with a state, behind its path. */
export function describeIssues({ issues }: z.ZodError): string {
  const describe = (path: readonly PropertyKey[], message: string) =>
    `${path.map(String).join(".")}: ${message}`;
  return issues
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => describe([...issue.path, key], "unknown key"))
        : [describe(issue.path, issue.message)],
    )
    .join("; ");
}
