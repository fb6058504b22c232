/** Codes that were seen on the real service. */
export const SEEN = {
  internalError: { code: 1000, message: "internal server error" },
  missingStatus: { code: 1002, message: 'Invalid or missing "status"' },
  planOrZone: { code: 1017, message: "Invalid zone plan for action" },
  zoneExists: { code: 1061, message: "already exists" },
  authentication: { code: 10000, message: "Authentication error" },
  rateLimited: { code: 971, message: "Please wait and consider throttling your request speed" },
} as const;

/**
 * Codes that no document tells and that are chosen here: a client must not rely on them. The messages
 * of the three redundant DNSSEC calls are real, as are "Malformed request body" and that of secondary zones:
 * https://github.com/cloudflare/terraform-provider-cloudflare/issues/1486 and 5765.
 */
export const CHOSEN = {
  missingCredentials: {
    code: 9106,
    message: "Missing X-Auth-Key, X-Auth-Email or Authorization headers",
  },
  notJson: { code: 6007, message: "Malformed JSON in request body" },
  malformedBody: { code: 1003, message: "Malformed request body" },
  invalidQuery: { code: 1004, message: "Invalid query parameter" },
  alreadyEnabled: { code: 1201, message: "DNSSEC is already enabled" },
  alreadyDisabled: { code: 1202, message: "DNSSEC is already disabled" },
  alreadyDeleted: { code: 1203, message: "DNSSEC is already deleted" },
  deleteNeedsDisabled: { code: 1204, message: "DNSSEC must be disabled before it can be deleted" },
  presignedNeedsSecondary: { code: 1205, message: "DNSSEC presigned is only available on secondary zones" },
  presignedWithMultiSigner: { code: 1206, message: "DNSSEC presigned excludes multi-signer" },
  secondaryNotAllowed: { code: 1207, message: "Secondary zone signup not allowed" },
  oneProperty: { code: 1208, message: "Only one zone property can be changed at a time" },
  activationTooEarly: { code: 1209, message: "An activation check was asked for a moment ago" },
  tsigNotFound: { code: 1301, message: "TSIG not found" },
  tsigInUse: { code: 1302, message: "TSIG is used by a peer" },
  peerNotFound: { code: 1311, message: "Peer not found" },
  peerInUse: { code: 1312, message: "Peer is linked to a zone" },
  aclNotFound: { code: 1313, message: "ACL not found" },
  incomingNotFound: { code: 1321, message: "Incoming zone transfer not found" },
  incomingExists: { code: 1322, message: "Incoming zone transfer already exists" },
} as const;
