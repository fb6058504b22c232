import { deleteDnssec, editDnssec, getDnssec } from "../../provider/cloudflare/dnssec";
import { accountTsigs } from "../../provider/cloudflare/tsigs";
import { Secret } from "../../provider/core/secret";
import { getDnssecAuto, setDnssecAuto } from "../../provider/hostup/dnssec-auto";
import { findDomainId } from "../../provider/hostup/domains";
import { getDomainDnssec } from "../../provider/hostup/ds-records";
import type { FaultRule } from "../../simulator";
import type { Clients } from "./clients";

export const ACCOUNT = "9af211329b2fc82e5efe906062c73008";
export const ZONE = "0123456789abcdef0123456789abcdef";
export const TSIG = "fedcba9876543210fedcba9876543210";
export const SECRET = Buffer.alloc(64, 0xfb).toString("base64");
export const KEY = { name: "cf.example.com.", algo: "hmac-sha512." };

const content = { ...KEY, secret: new Secret(SECRET) };

/** One call of a typed client, and the words that every error about it has. */
export interface Operation {
  readonly service: "Cloudflare" | "HostUp";
  readonly named: string;
  readonly method: NonNullable<FaultRule["method"]>;
  readonly path: string;
  readonly permission: string;
  /** A missing object is an outcome, not an error. */
  readonly missingIsFine?: true;
  run(clients: Clients): Promise<unknown>;
}

const DNSSEC = `/client/v4/zones/${ZONE}/dnssec`;
const TSIGS = `/client/v4/accounts/${ACCOUNT}/secondary_dns/tsigs`;
const AUTO = "/api/v2/domains/dom_a/dnssec-auto";

export const readDnssec: Operation = {
  service: "Cloudflare",
  named: `read DNSSEC of zone ${ZONE}`,
  method: "GET",
  path: DNSSEC,
  permission: "DNS Read",
  missingIsFine: true,
  run: ({ cloudflare }) => getDnssec(cloudflare, ZONE),
};

export const listEveryTsig: Operation = {
  service: "Cloudflare",
  named: `list the TSIGs of account ${ACCOUNT}`,
  method: "GET",
  path: TSIGS,
  permission: "Account Settings Read",
  run: ({ cloudflare }) => accountTsigs.list(cloudflare, ACCOUNT),
};

export const readTsig: Operation = {
  service: "Cloudflare",
  named: `read TSIG ${TSIG} of account ${ACCOUNT}`,
  method: "GET",
  path: `${TSIGS}/${TSIG}`,
  permission: "Account Settings Read",
  missingIsFine: true,
  run: ({ cloudflare }) => accountTsigs.get(cloudflare, ACCOUNT, TSIG),
};

export const createOneTsig: Operation = {
  service: "Cloudflare",
  named: `create TSIG "cf.example.com." in account ${ACCOUNT}`,
  method: "POST",
  path: TSIGS,
  permission: "Account Settings Write",
  run: ({ cloudflare }) => accountTsigs.create(cloudflare, ACCOUNT, content, async () => undefined),
};

export const cloudflareOperations: readonly Operation[] = [
  readDnssec,
  {
    service: "Cloudflare",
    named: `change DNSSEC of zone ${ZONE}`,
    method: "PATCH",
    path: DNSSEC,
    permission: "DNS Write",
    run: ({ cloudflare }) => editDnssec(cloudflare, ZONE, { status: "active" }),
  },
  {
    service: "Cloudflare",
    named: `delete DNSSEC of zone ${ZONE}`,
    method: "DELETE",
    path: DNSSEC,
    permission: "DNS Write",
    missingIsFine: true,
    run: ({ cloudflare }) => deleteDnssec(cloudflare, ZONE),
  },
  listEveryTsig,
  readTsig,
  createOneTsig,
  {
    service: "Cloudflare",
    named: `update TSIG "cf.example.com." (${TSIG}) in account ${ACCOUNT}`,
    method: "PUT",
    path: `${TSIGS}/${TSIG}`,
    permission: "Account Settings Write",
    run: ({ cloudflare }) => accountTsigs.replace(cloudflare, ACCOUNT, TSIG, content),
  },
  {
    service: "Cloudflare",
    named: `delete TSIG ${TSIG} of account ${ACCOUNT}`,
    method: "DELETE",
    path: `${TSIGS}/${TSIG}`,
    permission: "Account Settings Write",
    missingIsFine: true,
    run: ({ cloudflare }) => accountTsigs.remove(cloudflare, ACCOUNT, TSIG),
  },
];

export const hostupOperations: readonly Operation[] = [
  {
    service: "HostUp",
    named: "read automatic DNSSEC of domain dom_a",
    method: "GET",
    path: AUTO,
    permission: "read:domains",
    missingIsFine: true,
    run: ({ hostup }) => getDnssecAuto(hostup, "dom_a"),
  },
  {
    service: "HostUp",
    named: "include domain dom_a in automatic DNSSEC",
    method: "POST",
    path: AUTO,
    permission: "read:domains write:domains",
    run: ({ hostup }) => setDnssecAuto(hostup, "dom_a", "include"),
  },
  {
    service: "HostUp",
    named: "exclude domain dom_a from automatic DNSSEC",
    method: "POST",
    path: AUTO,
    permission: "read:domains write:domains",
    run: ({ hostup }) => setDnssecAuto(hostup, "dom_a", "exclude"),
  },
  {
    service: "HostUp",
    named: "find domain example.se",
    method: "GET",
    path: "/api/v2/domains",
    permission: "read:domains",
    run: ({ hostup }) => findDomainId(hostup, "example.se"),
  },
  {
    service: "HostUp",
    named: "list the DS records of domain dom_a",
    method: "GET",
    path: "/api/v2/domains/dom_a/dnssec",
    permission: "read:domains",
    missingIsFine: true,
    run: ({ hostup }) => getDomainDnssec(hostup, "dom_a"),
  },
];

export const everyOperation: readonly Operation[] = [...cloudflareOperations, ...hostupOperations];
