import type { ProblemCode, ProblemDetail } from "../units/problem.ts"
import { many } from "./many.ts"
import { syntaxFault, syntaxFaultsEn } from "./syntax-faults.en.ts"

/** What is wrong, and what to do. Where it is stands before it. */
export type ProblemTexts = Readonly<Record<ProblemCode, (detail: ProblemDetail) => string>>

export const problemsEn: ProblemTexts = {
  "amount-fraction": d =>
    `amount ${d.value} has a decimal point; write whole smallest units (sat, micro-XEM, wei)`,
  "amount-negative": d =>
    `amount ${d.value} is negative; write the amount as zero or more and swap from and to if it went the other way`,
  "amount-malformed": d =>
    `amount "${d.value}" is not a whole number; write decimal digits only, without signs, spaces or leading zeros`,
  "amount-too-large": d => `amount ${d.value} is above 2^256 - 1; no supported ledger holds that much`,
  "address-checksum": d =>
    `address ${d.address} is not a valid ${d.chain} address (${d.reason}); copy it again from its source, or leave --chain out to take addresses as they are`,
  "time-malformed": d =>
    `time "${d.value}" is not readable; write ISO 8601 with a zone (2018-01-26T00:02:13+09:00), unix seconds, or leave it empty`,
  "grade-unknown": d => `grade "${d.value}" is not known; use one of ${d.known}`,
  "kind-unknown": d => `kind "${d.value}" is not known; use one of ${d.known}, or leave it empty`,
  "kind-contradicts": d =>
    `kind "${d.kind}" does not fit what the row says in "${d.ends}"; correct one of the two`,
  "from-unrecorded": () =>
    'from is "?", which stands for a destination that is on no record; name the account, or leave from empty for an issue',
  "asset-malformed": d =>
    `asset "${d.value}" has a slash; a pot is written account/asset, so leave slashes out`,
  "integer-malformed": d => `"${d.value}" is not a whole number from 0 to 2147483647; correct it`,
  "csv-malformed": d =>
    `not readable as CSV (${d.reason}); check the quotes and the number of fields of this row`,
  "csv-column-missing": d => `the header lacks the column ${d.column}; the columns are ${d.expected}`,
  "csv-column-unknown": d =>
    `the header has a column "${d.column}" that is not known; the columns are ${d.expected}`,
  "csv-column-twice": d => `the header has the column ${d.column} twice; name it once`,
  "csv-separator": () => "the header is not separated by commas; save the file as comma-separated CSV",
  "csv-empty": d => `the file is empty; its first line must name the columns ${d.columns}`,
  "file-missing": () => "there is no such file; check the path",
  "file-unreadable": d => `the file cannot be read (${d.reason}); check what it is and its permissions`,
  "file-encoding": d => `the file is not ${d.expected}; save it as ${d.expected} and try again`,
  "line-encoding": d => `the line is not ${d.expected}; save the file as ${d.expected} and ask again`,
  "field-too-long": d => `the field is longer than ${d.most} characters; no identifier, address or amount is`,
  "field-empty": () => "the field is empty; it must have a value",
  "control-characters": () => "the field holds control characters; remove them",
  "height-falls": d => `height ${d.height} comes after height ${d.before}; put the rows in order of height`,
  "tx-rows-apart": d =>
    `transaction ${d.tx} has rows apart from each other; put all rows of a transaction next to each other`,
  "n-not-rising": d =>
    `n ${d.n} comes after n ${d.before} in one transaction; n must rise within a transaction`,
  "row-nowhere": () => "the row comes from nowhere and goes nowhere; give it a from or a to",
  "exchange-one-leg": d =>
    `exchange ${d.exchange} has one leg only; an exchange needs rows of exactly two assets in one transaction`,
  "exchange-assets": d => `exchange ${d.exchange} has ${d.assets} assets; it must have exactly two`,
  "exchange-across-transactions": d =>
    `exchange ${d.exchange} spans several transactions; all its rows must have one txid`,
  "output-twice": d => `output ${d.output} appears twice; keep one row for each output`,
  "tx-rows-disagree": d =>
    `rows of transaction ${d.tx} disagree on its height, index or time; make them the same`,
  "position-shared": d =>
    `transactions ${d.tx} and ${d.other} both have index ${d.index} in one block; give each its own index`,
  "input-twice": d => `transaction ${d.tx} has input ${d.n} twice; number its inputs without repeats`,
  "input-unknown-output": d =>
    `the input spends ${d.output}, which is not in the outputs file; add that output`,
  "input-spent-output": d =>
    `the input spends ${d.output}, which ${d.by} has spent already; an output can be spent once`,
  "input-from-later": d =>
    `the input of ${d.tx} spends ${d.output}, which does not exist yet at that position; check the heights and indexes`,
  "input-without-transaction": d =>
    `transaction ${d.tx} has inputs but no row in the outputs file; add its outputs`,
  "credits-above-debits": d =>
    `transaction ${d.tx} pays out ${d.credits} but takes in ${d.debits}; add the missing inputs or correct the values`,
  "ref-malformed": d => `theft reference "${d.ref}" is not readable; write ${d.form}`,
  "ref-unknown": d =>
    `theft reference ${d.ref} is not in the records; write txid:vout of an output, txid#value, txid#call:PATH or txid#log:I on Ethereum, txid#n of a NEM transaction or of a transfer row`,
  "ref-ambiguous": d =>
    `theft reference ${d.ref} fits several rows; give the rows a txid, so that each has a reference of its own`,
  "theft-empty": () => "no theft is named; give at least one row theft,ref",
  "service-twice": d => `address ${d.address} is listed as ${d.service} and as ${d.known}; keep one`,
  "json-malformed": d => `not readable as JSON (${faultOf(d.reason)}); correct it here`,
  "json-expected": d =>
    `${d.path || "the document"} ${expectation(d)}; correct it (${d.schema ?? "case.schema.json"} describes the format)`,
  "yaml-malformed": d =>
    `not readable as YAML (${faultOf(d.reason)}); correct it here, without aliases or tags`,
  "policy-unknown-key": d => `${d.path} is no part of a policy; known here: ${d.known}`,
  "policy-missing": d => `the policy lacks ${d.path}; write it`,
  "policy-value": d => `${d.path} is ${d.value}; write ${d.expected}`,
  "policy-amount-negative": d =>
    `${d.path} is ${d.value}: an amount here is zero or more, in smallest units; write it without a minus`,
  "policy-id-twice": d => `two rules of the policy are called "${d.id}"; give each an id of its own`,
  "policy-contradiction": d =>
    `rules "${d.a}" (${d.first}) and "${d.b}" (${d.second}) have the same condition and different verdicts; keep one of them`,
  "policy-never-fires": d =>
    `rule "${d.id}" can never fire, because rule "${d.earlier}" before it always does where it would; put it before, or take it out`,
  "policy-thresholds": d => `rule "${d.id}": ${d.a} and ${d.b} exclude each other; correct one of the two`,
  "policy-side-traced": d =>
    `${d.path} asks for traced value of the side that spent: traced value is told of the side that received it; take the side out, or ask for "cluster: { traced: ... }"`,
  "policy-side-of-nothing": d =>
    `${d.path} names a side and nothing that is on one; add sanctioned, label, traced, cluster or lookAlike, or take the side out`,
  "screen-missing-ref": () =>
    "nothing to screen is named; give addresses, transactions or outputs, or a file of them with --file",
  "screen-ref-invalid": d =>
    `${d.address} looks like an address of ${d.chain} and is none (${d.reason}); copy it again from its source`,
  "screen-ref-unrecognised": d =>
    `"${d.ref}" is no address, transaction id or output (txid:vout) of a chain that is known here, and no list has it as written; check it`,
  "screen-output-number": d =>
    `"${d.ref}" is no output: its number is above 4294967295, the last that a transaction can have; check it`,
  "cluster-missing-ref": () =>
    "nothing to look up is named; give an address, an output (txid:vout) or a transaction id of the ledger",
  "cluster-ref-unrecognised": d =>
    `"${d.ref}" is no address of ${d.chain}, which this ledger is of${d.reason === undefined ? "" : ` (${d.reason})`}; check it, or name another ledger with --ledger`,
  "cluster-not-in-ledger": d =>
    `${d.ledger} has never seen ${d.ref} up to its last block; nothing can be said of its cluster; check it, or bring the ledger up to date with "ashiato ingest"`,
  "cluster-nobody": d =>
    `nobody, or everybody, can spend what ${d.ref} is about, so that it has no owner and no cluster; name another output`,
  "case-unknown": d =>
    `there is no case "${d.name}"; the bundled ones are ${d.known}, or give the path of a case file`,
  "case-reference": d =>
    `${d.path} names ${d.what} "${d.id}", which the case does not have; correct the name or add it`,
  "case-duplicate": d => `${d.path} repeats the id "${d.id}"; every id must be used once`,
  "case-remainder": d => `transfer ${d.id} moves the remainder but names no sender; give it a from`,
  "claim-circle": d =>
    `claim ${d.id} is derived from itself (${d.circle}); take one of these derivations out`,
  "band-wrong": d =>
    `evidence ${d.id} has the band ${d.band} for ${d.hypothesis}; a band runs from its low to its high end within 0 and 1, the high end above 0`,
  "band-missing": d =>
    `evidence ${d.id} has no ${d.what} for the hypothesis ${d.hypothesis}; judge every hypothesis, also the one that stands for somebody else`,
  "quote-too-long": d =>
    `the quote of claim ${d.id} has ${d.words} words; quote fewer than ${d.most} (two characters of Japanese count as one word)`,
  "hypotheses-without-other": () =>
    "exactly one hypothesis must stand for somebody else or unknown; mark one with other: true",
  "attribution-none": d =>
    `there is no attribution.json for the case "${d.name}"; give the path of an attribution file`,
  "priors-sum": d => `the priors sum to ${d.sum}; they must sum to 1 exactly`,
  "without-unknown": d =>
    `--without names "${d.id}", which is no claim, evidence, group or derivation of this case; the derivations are written COPY/ORIGINAL`,
  "rule-unknown": d => `rule "${d.value}" is not known; use all, or some of ${d.known}`,
  "rule-needs-utxo": d =>
    `rule ${d.rule} is defined on UTXO chains only and these records are of an account chain; leave it out`,
  "chain-unknown": d => `chain "${d.value}" is not known; use one of ${d.known}`,
  "option-value": d => `option ${d.option} has "${d.value}"; it takes ${d.expected}`,
  "option-unknown": d => `there is no option ${d.option}; see ashiato ${d.command} --help`,
  "option-needs-value": d => `option ${d.option} needs a value; see ashiato ${d.command} --help`,
  "option-takes-none": d => `option ${d.option} takes no value; see ashiato ${d.command} --help`,
  "option-missing-source": () =>
    'there is nothing to trace in; name a case, or give --transfers FILE, or --outputs FILE with --inputs FILE, or make a ledger with "ashiato ingest"',
  "ingest-missing-source": d => `ingest ${d.what} needs to know where from: ${d.options}`,
  "option-needs-option": d => `${d.a} goes with ${d.b} only; give that too, or leave it out`,
  "rpc-needs-ledger": d =>
    `a node of ${d.chain} cannot tell what moved on an account; make a ledger first: ashiato ingest ${d.chain} --rpc URL`,
  "ingest-without-heights": () =>
    "the rows have no heights, by which a ledger is ordered and resumed; number them, or trace the file itself with --transfers",
  "case-not-on-chain": d =>
    `none of the credits that ${d.case} declares stolen is on this node's chain; ask a node that has the whole chain, or trace the case by itself`,
  "option-conflict": d => `${d.a} does not go with ${d.b}; leave one of them out`,
  "option-missing-theft": () => "no theft is named; give --theft REF[,REF] or --thefts FILE",
  "command-unknown": d => `there is no command "${d.value}"; see ashiato --help`,
  "heights-absent": d =>
    `--to-height ${d.height} falls where these records have no heights; name a height that they reach, or leave it out`,
  "report-unwritable": d =>
    `the report cannot be written (${d.reason}); check the folder and its permissions`,
  "output-unwritable": d => `the answer cannot be written (${d.reason}); what was written is not whole`,
  "cache-unwritable": d =>
    `the answers fetched so far cannot be kept here (${d.reason}); check the free space and the folder's permissions`,
  "account-too-busy": d =>
    `the account ${d.account} has more than ${d.rows} rows of ${d.list}, too many to follow by a service's lists; if it is a service, name it in --services FILE, else trace from a ledger or a node`,
  "remote-unreachable": d =>
    `no answer to ${d.path || "the request"} (${d.said}); check the address and that the service runs, then run the same command again: what is stored stays`,
  "remote-timed-out": d =>
    `no answer to ${d.path} within ${d.said}; try again later, or ask another service: what is stored stays`,
  "remote-rate-limited": d =>
    `the service lets no more requests through (${d.path}: ${d.said}); wait and run the same command again: it goes on where it was`,
  "remote-not-found": d =>
    `the service does not know ${d.path}; check that it serves this chain and this API`,
  "remote-nonsense": d =>
    `the answer to ${d.path} makes no sense (${d.said}); check that the address serves this chain and this API`,
  "remote-too-large": d => `the answer to ${d.path} is too large (${d.said}); it was not read`,
  "remote-unauthorised": d =>
    `the service wants a user and password, or refuses them (${d.path}: ${d.said}); write http://user:password@host:port, or name the node's cookie file`,
  "remote-redirected": d =>
    `the service sends ${d.path} elsewhere (${d.said}); no host is asked that you did not name: name that one if you mean it`,
  "remote-other-network": d =>
    `the service is on ${d.found}, not on ${d.expected}; name the right one, or another address`,
  "remote-behind": d =>
    `the service has blocks up to ${d.theirs} only, the ledger up to ${d.ours}; wait until it has caught up`,
  "remote-reorganised": d =>
    `the chain was reorganised at height ${d.height} while it was read; run the same command again`,
  "node-without-index": () =>
    'the node keeps no index of transactions, or has not finished it; start it with -txindex=1, or make a ledger with "ashiato ingest"',
  "scan-too-long": d =>
    `following every payment up to block ${d.horizon} takes more than ${d.most} inputs in memory (reached at block ${d.height}); make a ledger with "ashiato ingest" and trace from it, or end earlier with --to-height`,
  "block-malformed": d =>
    `block ${d.block} is not readable (${d.reason}, at byte ${d.at}); fetch the blocks again from a node that verified them`,
  "block-spends-unknown": d =>
    `block ${d.block}: ${d.tx} spends ${d.output}, which no block before it makes; nothing of it was stored: fetch the blocks again from a node that verified them`,
  "block-spends-spent": d =>
    `block ${d.block}: ${d.tx} spends ${d.output}, which is spent already; nothing of it was stored: fetch the blocks again from a node that verified them`,
  "block-spends-burned": d =>
    `block ${d.block}: ${d.tx} spends ${d.output}, which nobody can spend; nothing of it was stored: fetch the blocks again from a node that verified them`,
  "block-makes-value": d =>
    `block ${d.block}: ${d.tx} pays out ${d.credits}, but ${d.debits} is all it may; nothing of it was stored: fetch the blocks again from a node that verified them`,
  "blocks-none": d =>
    `there are no blk*.dat files here with blocks of ${d.network}; name the node's blocks folder`,
  "blocks-other-network": d => `the blocks are of ${d.found}, not of ${d.expected}; name the right network`,
  "blocks-incomplete": d =>
    `the block files lack blocks from height ${d.height} on, ${d.hash} among them; a pruned node does not have them all`,
  "chain-data-malformed": d => `${d.what} is not what this chain can hold (${d.reason}); fetch it again`,
  "ledger-missing": d =>
    `there is no ledger at ${d.folder}; make one with "ashiato ingest", or name another with --ledger`,
  "ledger-locked": d =>
    `the ledger is being written by another process (${d.holder}); wait for it, or stop it: nothing stored is lost`,
  "ledger-other-chain": d =>
    `the ledger holds ${d.found}, not ${d.expected}; one ledger holds one chain: name another folder with --ledger`,
  "ledger-other-version": d =>
    `the ledger has format ${d.found}, this program reads ${d.expected}; ingest it anew`,
  "ledger-not-published": d =>
    `the ledger at ${d.folder} has no published columns yet; run "ashiato ledger publish"`,
  "ledger-damaged": d =>
    `the ledger's columns are damaged (${d.reason}); delete the folder columns and run "ashiato ledger publish"`,
  "ledger-unreadable": d =>
    `ledger.duckdb cannot be read (${d.reason}); delete the ledger's folder and ingest it anew, or name another with --ledger`,
  "ledger-link-broken": d => `the ledger does not hold together: ${d.what} at ${d.at}; ingest it anew`,
  "ledger-reorganised": d =>
    `the chain left the ledger's blocks from height ${d.height} on; ingest into a new folder, or name a node on the same branch`,
  "ledger-unwritable": d =>
    `the ledger cannot be written (${d.reason}); make room or check permissions: what was stored stays`,
  "sweep-missing-thefts": () => "no thefts are named; add --thefts FILE (CSV theft,ref)",
  "ledger-without-owners": () =>
    `the ledger was published before it listed outputs by owner; run "ashiato ledger publish" once`,
  "ledger-columns-old": () =>
    `the ledger's columns were published by an earlier version; run "ashiato ledger publish" once`,
  "ledger-full": d =>
    `the ledger would hold more than ${d.most} ${d.what}, which is all that its 32-bit numbers can count; use a shorter range of the chain`,
  "day-malformed": d => `"${d.value}" is no day; write it as YYYY-MM-DD`,
  "labels-missing": d =>
    `there are no labels at ${d.folder}; import some with "ashiato labels import FILE", or name another folder with --labels`,
  "labels-not-published": d =>
    `the labels at ${d.folder} have no index yet; run "ashiato labels import --labels ${d.folder}" without files`,
  "labels-damaged": d =>
    `the stored labels are damaged (${d.reason}); if it is the index, delete the folder columns and run "ashiato labels import" without files; a damaged pack must be brought back from a copy`,
  "labels-other-version": d =>
    `the index of the labels has format ${d.found}, this program reads ${d.expected}; delete the folder columns and run "ashiato labels import" without files`,
  "labels-locked": d =>
    `labels are being imported by another process (${d.holder}); wait for it: nothing of this import was stored`,
  "labels-unwritable": d =>
    `the labels cannot be written (${d.reason}); make room or check permissions: what was stored stays`,
  "labels-malformed": d => `no label file that can be read: ${labelReasonEn(d.reason)}; nothing was imported`,
  "labels-reject": d =>
    `${many(Number(d.count), "label", "labels")} cannot be taken, the first being ${d.address} (${d.reason}); correct the file or leave --strict out: nothing was imported`,
  "labels-list-unknown": d => `there is no list called "${d.value}"; see "ashiato labels list"`,
  "labels-complete-empty": d =>
    `nothing of this file can be taken, so it cannot be the whole of "${d.list}", of which there are labels here; correct the file or leave --complete out: nothing was imported`,
  "labels-address": d =>
    `${d.address} looks like an address of ${d.chain} and is none (${d.reason}), and no list has it as written; copy it again from its source`,
  "labels-no-folder": d =>
    `${d.folder} is a file, or lies behind one, and no folder of labels; name a folder with --labels`,
  "labels-task": d =>
    d.value === ""
      ? `say what to do with labels: ashiato labels ${d.known}; see ashiato labels --help`
      : `there is no "ashiato labels ${d.value}"; it takes ${d.known}`,
  "labels-why-what": () =>
    'say of what: "ashiato labels why ADDRESS", or an actor by the short name that labels give it',
  "day-impossible": d =>
    `no list is of ${d.value}: no coin is older than ${d.first}, the day of Bitcoin's first block; write the day on which the files say this`,
  "alarm-limit": d => `alarm "${d.id}" needs either an amount or a percent, and not both; write one of them`,
  "alarm-percent": d =>
    `alarm "${d.id}" has the percent "${d.value}"; write a number from 0 to below 100 with at most nine decimals`,
  "alarm-receivers": () => "the alarms are delivered nowhere; name stdout, a file or a webhook under deliver",
  "alarm-webhook": d =>
    `"${d.url}" is no webhook of its own; write each http or https address once, without user, password or #`,
  "alarm-secret": d =>
    `the secret is shorter than ${d.least} bytes; write a longer one, and give it to the receiver too`,
  "alarm-state-damaged": d =>
    `the saved state of the alarms is not readable (${d.what}); delete the file to begin anew, without what was counted before`,
  "alarm-queue-damaged": d =>
    `the queue of alarms is damaged (${d.what}); put the folder aside, look into it for alarms not yet delivered, and start again`,
  "alarm-unwritable": d =>
    `alarms cannot be written here (${d.reason}); check the free space and the permissions, then start again: what was queued stays`,
  "does-not-reconcile": d =>
    `the answer for ${d.asset} under ${d.rule} does not reconcile; this is a fault of the program and the figures must not be used: please report it with the input`,
  internal: d =>
    `the program failed (${d.reason}); this is a fault of the program: please report it with the input`,
}

function expectation({ keyword, value }: ProblemDetail): string {
  switch (keyword) {
    case "type":
      return `must be of type ${value}`
    case "required":
      return `must have "${value}"`
    case "additionalProperties":
      return `must not have "${value}"`
    case "duplicate":
      return `must have "${value}" once only`
    case "enum":
    case "const":
      return `must be ${value}`
    case "pattern":
      return `must match ${value}`
    default:
      return `does not satisfy ${keyword} ${value}`
  }
}

function faultOf(reason: string | number | undefined): string {
  return syntaxFault(String(reason), syntaxFaultsEn)
}

/** A reader's code in words, where a label file is no YAML; all else is written out where it is found. */
function labelReasonEn(reason: string | number | undefined): string {
  const [, code] = /^YAML: (\S+)$/.exec(String(reason)) ?? []
  return code === undefined ? String(reason) : `YAML: ${codeEn(code)}`
}

function codeEn(code: string): string {
  const words = faultOf(code)
  return words === code ? `(${code})` : words
}
