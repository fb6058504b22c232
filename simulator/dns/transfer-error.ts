/** Why a transfer failed. The code comes first in the message, so that a test can ask for it. */
export class TransferError extends Error {
  override readonly name = "TransferError";

  constructor(
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}
