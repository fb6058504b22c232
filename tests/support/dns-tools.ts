import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, tryRun } from "./dns-processes";

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

/** Whether a server gives any SOA for a zone. */
export async function answers(port: number, zone: string): Promise<boolean> {
  const args = ["@127.0.0.1", "-p", String(port), "+tries=1", "+time=1", "+short", zone, "SOA"];
  return /^\S+ \S+ \d+ /.test((await tryRun("dig", args)).stdout);
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
  const [, , , tag, algorithm, type, ...digest] = (
    await run("dnssec-dsfromkey", ["-2", "-f", keys, zone])
  ).split(/\s+/);
  const file = join(folder, "anchor.conf");
  writeFileSync(
    file,
    `trust-anchors { "${zone}" static-ds ${tag} ${algorithm} ${type} "${digest.join("")}"; };\n`,
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
): Promise<Verdict> {
  const args = ["@127.0.0.1", "-p", String(port), "-a", anchor, `+root=${zone}`, name, type];
  const { stdout, stderr } = await tryRun("delv", args);
  if (stdout.includes("; negative response, fully validated")) return "negative answer validated";
  if (stdout.includes("; fully validated")) return "answer validated";
  return `not validated: ${stdout}${stderr}`;
}
