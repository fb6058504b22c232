/**
 * What is taken from others at the most: from the services, whatever stands between, and what they write. More
 * than that ends in an error, or is left out and said to be.
 */

/** Bytes of a response's body. A list of 20,000 TSIGs has fewer. */
export const BODY_BYTES = 8 * 2 ** 20;

/** Values in a JSON body: of a few bytes each, as many as fit into the body would take hundreds of megabytes. */
export const BODY_VALUES = 250_000;

/** Pages of a list; 1,000 objects fit into each. */
export const PAGES = 50;
export const PAGE_ITEMS = 1_000;

/** Characters of a cursor that leads to the next page, for it goes into a URL. */
export const CURSOR_LENGTH = 2_048;

/** DNS records of one type in a section of a response: the largest sets in use have about twenty. */
export const RECORDS_OF_A_TYPE = 64;

/** Name servers of a delegation that are asked about its zone: the most that the root has. */
export const NAME_SERVERS = 13;

/** Bytes of a transfer that are looked through for signatures; in a signed zone they are among the first. */
export const TRANSFER_BYTES = 2 ** 20;

/** Signatures over one set of records that are verified: a zone in the middle of a rollover has four (CVE-2023-50387). */
export const VERIFICATIONS = 32;

/** Milliseconds that a service may ask to wait. Told to wait longer, one call at a time goes and asks again. */
export const LONGEST_WAIT = 900_000;

/** Characters of a foreign text that a message of ours shows. */
export const FOREIGN_TEXT = 500;

/** Characters of a foreign text that are looked at for secrets; a longer one is not shown at all. */
export const FOREIGN_READ = 10_000;

/** Faults that one error names. */
export const PROBLEMS = 10;

/** Notices of the services that one process prints. */
export const NOTICES = 20;
