/** The secret that every question is signed with, which nobody may print. */
export const TSIG_SECRET = Buffer.alloc(48, "hostile-dns").toString("base64");
