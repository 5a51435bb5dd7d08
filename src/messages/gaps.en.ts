import type { Gap, GapCode } from "../ledger/gap.ts"
import { grouped, many } from "./many.ts"

export type GapTexts = Readonly<Record<GapCode, (detail: Gap["detail"]) => string>>

const NOT_ON_CHAIN: Readonly<Record<string, string>> = {
  "not-found": "not found on the chain",
  contradicted: "the transaction that is named moves something else",
  ambiguous: "several of the chain's transfers could be it",
  unread: "not found in the part of a long history that was read",
  open: "the source left receiver or amount open; the chain tells what was paid",
}

export const gapsEn: GapTexts = {
  "rule-skipped": d => `Rule ${d.rule} is defined on UTXO chains only and was skipped.`,
  "services-followed": d =>
    `Following went through ${many(Number(d.services), "service", "services")} at ${many(Number(d.addresses), "address", "addresses")} as asked: ${d.names}${d.more === "yes" ? " and others" : ""}. What a service pays out of its pool is its own customers' value: figures beyond a service accuse nobody.`,
  "services-not-recognised": d =>
    d.reason === "limits"
      ? `${many(Number(d.addresses), "address was", "addresses were")} not looked through for deposit addresses and clusters of labelled services: they, or all before them, have done too much. Only labels counted there.`
      : d.reason === "no-owners"
        ? "Deposit addresses and clusters of labelled services were not looked for: this ledger was not asked who spends with whom. Only labels counted."
        : "Deposit addresses and clusters of labelled services are recognised in a ledger only: here only labels counted.",
  "theft-beyond-horizon": d =>
    `The credit ${d.ref} of theft ${d.theft} is after the horizon and counts nothing.`,
  "theft-moves-nothing": d =>
    `The credit ${d.ref} of theft ${d.theft} is a transfer to oneself; it moves nothing and counts nothing.`,
  unrecorded: () => "A source says that this left the pot; to where, or in which amounts, is on no record.",
  "opening-balance": () =>
    "The pot's balance before the records begin is not known. The least that keeps it from going below zero is taken, untraced and first in the queue.",
  "origin-unknown": () => "Value was issued here from an unknown origin; it is taken as untraced.",
  "rests-on-gap": d =>
    `The figures of this pot rest on what is not known of ${d.on}${d.more === "yes" ? " and others" : ""}.`,
  "reported-not-on-chain": d =>
    `${d.replaced} of the case's ${d.of} transfers stand on the chain's own record. In no figure, by their numbers: ${d.ids} (${NOT_ON_CHAIN[d.found ?? ""] ?? d.found}).`,
  "record-unproven": d =>
    d.service
      ? `The record comes from ${d.service}, whose answers nothing proves complete: what it left out is not here.`
      : "Nothing proves the record of this pot complete: what the service left out is not here.",
  "internal-calls-absent": d =>
    `The calls of contracts${d.from ? ` from block ${d.from} on` : ""} could not be had (no tracer, or none for blocks so old): native value that they moved is not in the record.`,
  "token-does-not-add-up": d =>
    d.asset
      ? `The events of ${d.asset} do not add up to its balances (${d.reason}): fees on transfer, rebasing, or deposits without events.`
      : "This pot's events do not add up to its balance at the node: its token moves value without saying so.",
  "levy-unknown": d =>
    d.asset
      ? `What ${d.asset} takes as levy is not known (${d.reason}): a transfer may have moved more than is told.`
      : "A mosaic of this pot may have taken a levy that is not known.",
  "extension-block": () =>
    "Litecoin's extension block hides amounts and owners: it is taken as a service; what goes in has arrived, what comes out is untraced. Not tested on real extension blocks.",
  "clock-backwards": d =>
    `Clocks run backwards: ${Number(d.count) === 1 ? "1 record carries" : `${grouped(Number(d.count))} records carry`} an earlier time than one before, the first at ${d.at}. Order is by position, so no figure rests on it.`,
}
