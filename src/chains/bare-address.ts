/**
 * Schemes of payment links, as wallets copy them: BIP21 and those made after it, and the prefix of Bitcoin Cash's
 * addresses, which lists leave out as often as they write it.
 */
const SCHEME =
  /^(?:bitcoin|bitcoincash|litecoin|ethereum|nem|dash|dogecoin|zcash|tron|monero|ripple|xrpl|bitcoin-sv|bitcoingold):(?:\/\/)?/i

/** Bitcoin Cash's own form without its prefix, 20 bytes: all in one case, as in bech32. */
const CASHADDR = /^(?:[qp][02-9ac-hj-np-z]{41}|[QP][02-9AC-HJ-NP-Z]{41})$/

/**
 * An address without what people write around it: spaces, the scheme of a payment link and what is asked behind it
 * ("?amount=..."). Bitcoin Cash's form, which means the same in either case, in lower case; 0x for 0X. Nothing is checked, and the
 * names that the ledgers here give to scripts ("p2pk:...", "script:...") stay as they are.
 */
export function bareAddress(text: string): string {
  const trimmed = text.trim()
  const bare = SCHEME.test(trimmed) ? trimmed.replace(SCHEME, "").replace(/\?.*$/s, "") : trimmed
  return isCashaddr(bare) ? bare.toLowerCase() : bare.replace(/^0X(?=[0-9a-f]+$)/i, "0x")
}

/** By its form alone. */
export function isCashaddr(bare: string): boolean {
  return CASHADDR.test(bare)
}

/**
 * Every way in which a list may have written what is asked for, the text itself first, each once: bare, with Bitcoin
 * Cash's prefix, and digits of a hash in either case.
 */
export function spellingsOf(text: string): readonly string[] {
  const bare = bareAddress(text)
  const all = [text.trim(), bare]
  if (isCashaddr(bare)) {
    const long = `bitcoincash:${bare}`
    all.push(long, bare.toUpperCase(), long.toUpperCase())
  }
  if (/^[0-9a-f]{64}$/i.test(bare)) all.push(bare.toLowerCase(), bare.toUpperCase())
  return [...new Set(all)]
}
