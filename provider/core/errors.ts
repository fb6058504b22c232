import { SecondaryDnsError } from "./base-error";

export { isSecondaryDnsError, SecondaryDnsError } from "./base-error";
export * from "./call-errors";

/** A credential or base URL is missing or wrong. */
export class SettingsError extends SecondaryDnsError {
  override readonly name = "SettingsError";
  readonly code = "SECONDARY_DNS_SETTINGS";
}

/** An input or id that cannot be used, found after the preview (an unknown that became known). */
export class InputError extends SecondaryDnsError {
  override readonly name = "InputError";
  readonly code = "SECONDARY_DNS_INPUT";
}

/** What was asked for is not there, not safe, or not what came of it; nothing more was sent. */
export class RefusedError extends SecondaryDnsError {
  override readonly name = "RefusedError";
  readonly code = "SECONDARY_DNS_REFUSED";
}

/** What was waited for did not come, or cannot come any more. */
export class WaitError extends SecondaryDnsError {
  override readonly name = "WaitError";
  readonly code = "SECONDARY_DNS_WAIT";
}

/** A value that cannot be kept in state: a fault of this package, never of a program. */
export class WireError extends SecondaryDnsError {
  override readonly name = "WireError";
  readonly code = "SECONDARY_DNS_WIRE";

  constructor(path: string, type: string) {
    super(
      `${path} is a ${type}, which state cannot hold. This is a fault of pulumi-secondary-dns: report it.`,
    );
  }
}
