import { z } from "zod";
import { switchesSchema } from "./switches";

export const PERMISSIONS = [
  "Zone Read",
  "Zone Write",
  "Zone Settings Read",
  "Zone Settings Write",
  "DNS Read",
  "DNS Write",
  "Account Settings Read",
  "Account Settings Write",
] as const;
export const SCOPES = ["read:domains", "write:domains"] as const;

const hexId = z.string().regex(/^[0-9a-f]{32}$/, "must be 32 lower-case hex digits");
const time = z.iso.datetime({ offset: true });
const text = z.string().min(1);

const serial = z.int().min(0).max(0xffff_ffff);

const incomingSchema = z.strictObject({
  name: text,
  peers: z.array(hexId),
  /** The API takes 300 at least; here a test may ask for less. */
  auto_refresh_seconds: z.int().min(1).default(86_400),
  created_time: time,
  modified_time: time,
});

/** What the transfers of a zone came to: the simulator's own record, which no API shows as a whole. */
const transferSchema = z.strictObject({
  /** Why the last one failed, a code first; null when it did not. */
  lastError: z.string().nullable().default(null),
  /** When the last one ended, well or not, and what started it. */
  at: time.nullable().default(null),
  trigger: z.enum(["force_axfr", "refresh", "notify", "link"]).nullable().default(null),
  /** What is served: its serial, its number of records, and the peer and the key that brought it. */
  serial: serial.nullable().default(null),
  records: z.int().min(0).nullable().default(null),
  from: text.nullable().default(null),
  tsigKey: text.nullable().default(null),
  succeeded: z.int().min(0).default(0),
  failed: z.int().min(0).default(0),
  /** When the next one begins by itself; a time gone by makes it due. */
  refreshAt: time.nullable().default(null),
});

const zoneSchema = z.strictObject({
  id: hexId,
  name: text,
  type: z.enum(["full", "partial", "secondary", "internal"]).default("full"),
  status: z.enum(["initializing", "pending", "active", "moved"]).default("active"),
  plan: z.enum(["free", "pro", "business", "enterprise"]).default("free"),
  accountId: hexId,
  /** Whether Cloudflare sees its DS at the parent: what moves pending to active and back. */
  dsAtParent: z.boolean().default(false),
  dnssec: z
    .strictObject({
      status: z.enum(["active", "pending", "disabled", "pending-disabled", "error"]).default("disabled"),
      /** null is what tells the deleted state from the disabled one. */
      modified_on: time.nullable().default(null),
      dnssec_presigned: z.boolean().default(false),
      dnssec_use_nsec3: z.boolean().default(false),
      dnssec_multi_signer: z.boolean().default(false),
    })
    .prefault({}),
  incoming: incomingSchema.nullable().default(null),
  transfer: transferSchema.prefault({}),
});

const peerSchema = z.strictObject({
  id: hexId,
  accountId: hexId,
  name: text,
  ip: z.union([z.literal(""), z.ipv4(), z.ipv6()]).default(""),
  port: z.int().min(0).max(65_535).default(0),
  ixfr_enable: z.boolean().default(false),
  /** Of a TSIG that may be gone; "" for none. */
  tsig_id: z.union([z.literal(""), hexId]).default(""),
});

const tsigSchema = z.strictObject({ id: hexId, accountId: hexId, name: text, algo: text, secret: text });

const domainSchema = z.strictObject({
  id: z.string().regex(/^dom_[A-Za-z0-9]+$/, "must be dom_ and letters or digits"),
  name: text,
  nameservers: z.array(text).min(1).default(["primary.ns.hostup.se", "secondary.ns.hostup.se"]),
  /** How many reads have answered `pending` since the status became so. */
  readsWhilePending: z.int().min(0).default(0),
  dnssecAuto: z
    .strictObject({
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
    })
    .prefault({}),
});

const rateLimitSchema = z.strictObject({ requests: z.int().min(1), seconds: z.int().min(1) });

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

/** All that the simulator knows: `GET _control/state` shows it, `PATCH` changes it. */
export const stateSchema = z.strictObject({
  accounts: byId(z.strictObject({ id: hexId, name: text })),
  zones: byId(zoneSchema),
  tsigs: byId(tsigSchema),
  peers: byId(peerSchema),
  domains: byId(domainSchema),
  tokens: z.strictObject({
    cloudflare: z.record(text, z.strictObject({ permissions: z.array(z.enum(PERMISSIONS)) })),
    /** By e-mail address. A global key may do everything. */
    cloudflareKeys: z.record(text, z.strictObject({ apiKey: text })),
    hostup: z.record(text, z.strictObject({ scopes: z.array(z.enum(SCOPES)) })),
  }),
  rateLimits: z.strictObject({ cloudflare: rateLimitSchema, hostup: rateLimitSchema }),
  latencyMs: z.int().min(0),
  switches: switchesSchema,
});

export type State = z.infer<typeof stateSchema>;
export type Zone = z.infer<typeof zoneSchema>;
export type IncomingTransfer = z.infer<typeof incomingSchema>;
export type Peer = z.infer<typeof peerSchema>;
export type Tsig = z.infer<typeof tsigSchema>;
export type Domain = z.infer<typeof domainSchema>;
export type RateLimit = z.infer<typeof rateLimitSchema>;
export type Permission = (typeof PERMISSIONS)[number];
export type Scope = (typeof SCOPES)[number];

/** What every part of the simulator shares. The state is replaced as a whole by a patch. */
export interface World {
  state: State;
  /** Milliseconds since 1970; tests let time pass by giving their own. */
  readonly now: () => number;
}

/** An own member of a record whose key came from outside, where "constructor" must find nothing. */
export function lookUp<Member>(record: Record<string, Member>, key: string): Member | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

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
