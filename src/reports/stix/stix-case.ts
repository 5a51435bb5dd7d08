import type { CaseFile } from "../../casefile/case.ts"
import { ownId, type StixId } from "./stix-id.ts"
import { ownIdentity } from "./stix-identities.ts"
import { domainObject, type StixSet } from "./stix-object.ts"
import { transaction, wallet } from "./stix-observables.ts"

/**
 * A case's wallets and its transactions that have a hash, and a note that ties them to the theft. No object
 * says whose an address is: what the case file calls the address of the theft's receiver is called that.
 *
 * @param theft the incident object, where the register has one of this case
 */
export function caseObjects(set: StixSet, file: CaseFile, theft: StixId | null): void {
  const own = ownIdentity(set)
  const refs: StixId[] = file.addresses.map(({ address }) => wallet(set, address))
  const byHash = new Map<string, CaseFile["transfers"][number][]>()
  for (const transfer of file.transfers) {
    if (transfer.tx === null || transfer.amount === "remainder") continue
    byHash.set(transfer.tx, [...(byHash.get(transfer.tx) ?? []), transfer])
  }
  for (const [hash, transfers] of byHash) {
    const moved = transfers.map(({ from, to, asset, amount }) => ({
      from: from ?? null,
      to: to === undefined || to === "?" ? null : to,
      asset,
      amount,
    }))
    refs.push(transaction(set, hash, transfers[0]?.asset ?? null, moved))
  }
  const roles = file.addresses.map(
    ({ address, role, name, grade }) => `${address}: ${ROLE[role] ?? role} (${grade}); ${name.en}`,
  )
  const noHash = file.transfers.filter(({ tx }) => tx === null)
  const unhashed = noHash.map(({ id, from, to, asset, amount }) => {
    return `${id}: ${from ?? "-"} to ${to ?? "-"}, ${amount} ${asset} (smallest units), no hash on record`
  })
  const content = [
    file.summary.en,
    "",
    ...file.thefts.map(({ claim, claimant }) => `${claimant.en}: ${claim.en}`),
    "",
    ...roles,
    ...unhashed,
  ].join("\n")
  const note = domainObject(ownId("note", "case", file.id), own, {
    abstract: `Addresses and transfers of the case ${file.id}`,
    content,
    object_refs: [...(theft === null ? [] : [theft]), ...new Set(refs)],
  })
  set.add(note)
}

const ROLE: Readonly<Record<string, string>> = { thief: "received from the theft" }
