import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isInstalled, run, tryRun } from "./dns-processes";

/** The tools that judge what was transferred. */
const TOOLS = ["dig", "delv", "dnssec-verify", "dnssec-dsfromkey", "ldns-verify-zone"];

/** What is missing on this machine for tests that need these commands. */
export function missingTools(commands: readonly string[]): readonly string[] {
  return [...commands, ...TOOLS].filter((command) => !isInstalled(command));
}

export interface TransferKey {
  readonly name: string;
  readonly algorithm: string;
  readonly secret: string;
}

/** Transfers a zone with dig, into text that is a zone file; undefined if the server does not give it. */
export async function digZone(
  port: number,
  zone: string,
  folder: string,
  key?: TransferKey,
): Promise<string | undefined> {
  const keyFile = join(folder, "dig.key");
  if (key) {
    const { name, algorithm, secret } = key;
    writeFileSync(keyFile, `key "${name}" { algorithm ${algorithm}; secret "${secret}"; };\n`);
  }
  const args = ["@127.0.0.1", "-p", String(port), "+tries=1", "+time=5", ...(key ? ["-k", keyFile] : [])];
  // dig ends well even if the transfer did not: the summary tells.
  const { stdout } = await tryRun("dig", [...args, zone, "AXFR"]);
  if (!stdout.includes("XFR size:")) return undefined;
  const records = stdout.split("\n").filter((line) => !/^;|\sTSIG\s|^$/.test(line));
  return `${records.join("\n")}\n`;
}

/** The serial that a server gives for a zone, if any. */
export async function soaSerial(
  port: number,
  zone: string,
  address = "127.0.0.1",
): Promise<number | undefined> {
  const args = [`@${address}`, "-p", String(port), "+tries=1", "+time=1", "+short", zone, "SOA"];
  const [, serial] = /^\S+ \S+ (\d+) /.exec((await tryRun("dig", args)).stdout) ?? [];
  return serial === undefined ? undefined : Number(serial);
}

/** Whether a server gives any SOA for a zone. */
export async function answers(port: number, zone: string): Promise<boolean> {
  return (await soaSerial(port, zone)) !== undefined;
}

/** What is wrong with the signatures and the denial chain of a zone file; "" for nothing. */
export async function faultsOf(zoneText: string, zone: string, folder: string): Promise<string> {
  const file = join(folder, "to-verify.zone");
  writeFileSync(file, zoneText);
  const { code, stdout, stderr } = await tryRun("dnssec-verify", ["-o", zone, file]);
  return code === 0 ? "" : `${stdout}${stderr}`;
}

/** The same by an independent tool. */
export async function ldnsFaultsOf(zoneText: string, folder: string): Promise<string> {
  const file = join(folder, "to-verify.zone");
  writeFileSync(file, zoneText);
  const { code, stdout, stderr } = await tryRun("ldns-verify-zone", [file]);
  return code === 0 ? "" : `${stdout}${stderr}`;
}

/** Writes the trust anchor that a zone's key-signing key makes; answers the file for delv. */
export async function trustAnchor(zoneText: string, zone: string, folder: string): Promise<string> {
  const keys = join(folder, "dnskey");
  const isSigningKey = (line: string) => /\sDNSKEY\s+257\s/.test(line);
  writeFileSync(keys, `${zoneText.split("\n").filter(isSigningKey).slice(0, 1).join("\n")}\n`);
  return trustAnchorOf(await run("dnssec-dsfromkey", ["-2", "-f", keys, zone]), zone, folder);
}

/** The same from a DS record as zone files have it, with or without a TTL. */
export function trustAnchorOf(ds: string, zone: string, folder: string): string {
  const [, tag, algorithm, type, digest = ""] = /\sDS\s+(\d+)\s+(\d+)\s+(\d+)\s+([\dA-F\s]+)/i.exec(ds) ?? [];
  const file = join(folder, "anchor.conf");
  writeFileSync(
    file,
    `trust-anchors { "${zone}" static-ds ${tag} ${algorithm} ${type} "${digest.replace(/\s/g, "")}"; };\n`,
  );
  return file;
}

export type Verdict = "answer validated" | "negative answer validated" | `not validated: ${string}`;

/** Asks the validator, which ends well for bogus answers too: its words tell. */
export async function delv(
  port: number,
  zone: string,
  anchor: string,
  name: string,
  type: string,
  address = "127.0.0.1",
): Promise<Verdict> {
  const args = [`@${address}`, "-p", String(port), "-a", anchor, `+root=${zone}`, name, type];
  const { stdout, stderr } = await tryRun("delv", args);
  if (stdout.includes("; negative response, fully validated")) return "negative answer validated";
  if (stdout.includes("; fully validated")) return "answer validated";
  return `not validated: ${stdout}${stderr}`;
}
