/**
 * What a ledger keeps where a chain has a block's hash, for records that are of no chain: this, and the SHA-256 of the
 * rows and of all before them. It cannot be taken for a hash of a chain, and no answer shows it as one.
 */
const RECORD_PREFIX = "record:"

export const recordHash = (digest: string): string => `${RECORD_PREFIX}${digest}`

export const isRecordHash = (hash: string): boolean => hash.startsWith(RECORD_PREFIX)
