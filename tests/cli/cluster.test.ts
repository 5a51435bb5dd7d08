import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { beforeAll, describe, expect, it } from "vitest"
import { type MeasuredHeuristic, measuredRecord } from "../../src/clustering/measured-rates.ts"
import type { ClusterDocument, ClusterSubject } from "../../src/contracts/cluster.ts"
import type { ScreenAnswer, ScreenDocument } from "../../src/contracts/screen.ts"
import { addressOf, type MinedChain } from "../../testing/explorers/mined-chain.ts"
import { ashiato, newFolder } from "./run-cli.ts"
import { stageClusters } from "./staged-clusters.ts"

const schema = JSON.parse(
  readFileSync(new URL("../../src/contracts/cluster.schema.json", import.meta.url), "utf8"),
)
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<ClusterDocument>(schema)

const validateScreen = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<ScreenDocument>(
  JSON.parse(readFileSync(new URL("../../src/contracts/screen.schema.json", import.meta.url), "utf8")),
)

let folder = ""
let chain: MinedChain

beforeAll(() => {
  const staged = stageClusters()
  folder = staged.folder
  chain = staged.chain
}, 60_000)

function json(...args: readonly string[]): ClusterDocument {
  const { code, out, err } = ashiato(["cluster", ...args, "--json"], folder)
  expect({ code, err }).toEqual({ code: 0, err: "" })
  const document: unknown = JSON.parse(out)
  if (!validate(document)) throw new Error(JSON.stringify(validate.errors, null, 1))
  return document
}

function subject(...args: readonly string[]): ClusterSubject {
  const shown = json(...args).answers[0]?.subjects.shown ?? []
  expect(shown).toHaveLength(1)
  return shown[0] as ClusterSubject
}

const named = (...owners: readonly string[]): string[] => owners.map(addressOf).sort()
const tx = (name: string): string => chain.txidOf(name)

describe("ashiato cluster", () => {
  it("gives the members, and each merge by its transaction; leaves coinjoins out by their pattern", () => {
    const { cluster } = subject(addressOf("ann"))
    expect([...(cluster?.members.shown ?? [])].sort()).toEqual(named("ann", "bob", "cat"))
    expect(cluster?.cut).toBeNull()
    const merges = cluster?.merges.shown.map(({ from, txid, to }) => [[from, to].sort(), txid])
    expect(merges).toEqual([
      [named("ann", "bob"), tx("join1")],
      [named("bob", "cat"), tx("join2")],
    ])
    expect(cluster?.leftOut.shown.map(({ txid, anonymitySet }) => [txid, anonymitySet])).toEqual([
      [tx("coinjoin"), 5],
    ])
  })

  it("carries a label to the other members as inferred, with the chain of transactions", () => {
    const { labels } = subject(addressOf("ann"))
    expect(labels.own.count).toBe(0)
    expect(labels.reached.shown).toMatchObject([
      {
        label: "Cat's shop",
        grade: "inferred",
        path: [
          { from: addressOf("ann"), txid: tx("join1"), to: addressOf("bob") },
          { from: addressOf("bob"), txid: tx("join2"), to: addressOf("cat") },
        ],
      },
    ])
    expect(subject(addressOf("cat")).labels).toMatchObject({ own: { count: 1 }, reached: { count: 0 } })
    expect(subject(addressOf("ann"), "--as-of", "2020-06-01").labels.reached.count).toBe(0)
  })

  it("holds back a transaction that would join two actors, and says which", () => {
    const { cluster } = subject(addressOf("ann"))
    expect(cluster?.heldBack.shown).toMatchObject([{ txid: tx("bridge"), reason: "different-actors" }])
    expect([...(cluster?.heldBack.shown[0]?.actors ?? [])].sort()).toEqual(["cat", "zed"])
    const none = newFolder()
    const without = subject(addressOf("ann"), "--labels", emptyBook(none))
    expect(without.cluster?.members.count).toBe(4)
  })

  it("shows change and merges it never", () => {
    const { cluster } = subject(addressOf("ann"))
    const change = cluster?.changes.shown.find(({ txid }) => txid === tx("join1"))
    expect(change?.votes.map(({ heuristic, address }) => [heuristic, address])).toContainEqual([
      "optimal-change",
      addressOf("ann-change"),
    ])
    expect(cluster?.members.shown).not.toContain(addressOf("ann-change"))
  })

  it("recognises a deposit address by what it forwarded, and no payer", () => {
    expect(subject(addressOf("dep")).deposit).toMatchObject({
      service: "exch",
      grade: "inferred",
      sweeps: { count: 2, shown: [tx("sweep1"), tx("sweep2")] },
      isWeak: false,
      cannotRuleOut: ["only-customer"],
    })
    expect(subject(addressOf("payer")).deposit).toBeNull()
  })

  it("takes outputs and transactions: of a transaction the clusters of those who spent in it", () => {
    const ofOutput = json(`${tx("join1")}:1`).answers[0]
    expect(ofOutput).toMatchObject({ kind: "output", subjects: { count: 1 } })
    expect(ofOutput?.subjects.shown[0]?.address).toBe(addressOf("ann-change"))
    expect(subject(tx("join1").toUpperCase()).cluster?.members.count).toBe(3)
    const ofCoinjoin = json(tx("coinjoin")).answers[0]?.subjects
    expect(ofCoinjoin?.shown.map(({ cluster }) => cluster?.members.count)).toEqual([3, 1, 1, 1, 1])
    expect(json(tx("cb1")).answers[0]?.subjects.count).toBe(2)
  })

  it("shows no more than was asked for, and counts the rest", () => {
    const { cluster } = subject(addressOf("ann"), "--most", "1")
    expect(cluster?.members).toMatchObject({ count: 3, shown: [expect.any(String)] })
    expect(cluster?.merges).toMatchObject({ count: 2, shown: [expect.anything()] })
  })

  it("gives the measured error rates of the heuristics it used, and of no other", () => {
    const { rates } = json(addressOf("ann"))
    const named = rates.map(({ heuristic }) => heuristic)
    for (const used of ["co-spend", "cluster", "change-consensus", "change-optimal-change"])
      expect(named).toContain(used)
    expect(named).not.toContain("deposit-address")
    for (const { heuristic, precision } of rates) {
      const { truePositives: right, falsePositives } = measuredRecord(heuristic as MeasuredHeuristic)
      expect(precision).toMatchObject({ right, of: right + falsePositives })
    }
    expect(json(addressOf("dep")).rates.map(({ heuristic }) => heuristic)).toContain("deposit-address")
  })

  it("says it in words in both languages, with the horizon, the labels' day and what cannot be ruled out", () => {
    const english = ashiato(["cluster", addressOf("ann")], folder)
    expect(english).toMatchObject({ code: 0, err: "" })
    for (const words of [
      /3 addresses/,
      /cannot rule out/,
      /True up to block 11/,
      /shown, never merged/,
      /How often these heuristics were right/,
      /inferred/,
    ])
      expect(english.out).toMatch(words)
    const japanese = ashiato(["cluster", addressOf("dep"), "--lang", "ja"], folder)
    expect(japanese.out).toMatch(/入金用アドレス/)
    expect(ashiato(["cluster", "--help"]).out).toMatch(/Examples/)
  })
})

describe("a sanctioned member in words", () => {
  const EVIL = `address,network,label,category,abuse,is_cluster_definer,seen
${addressOf("cat")},regtest,A shop,user,,,2020-01-01
${addressOf("cat")},regtest,Evil corp,user,sanction,,2020-01-01
${addressOf("bob")},regtest,Thief,,service_hack,false,2020-01-01
`
  const words = (owner: string, ...more: readonly string[]): string => {
    const { code, out, err } = ashiato(["cluster", addressOf(owner), "--labels", "evil", ...more], folder)
    expect({ code, err }).toEqual({ code: 0, err: "" })
    return out
  }
  const cat = addressOf("cat")
  const evil = `- SANCTION: ${cat}: "Evil corp" (user; abuse: sanction) by evil.csv, as of 2020-01-01`

  beforeAll(() => {
    writeFileSync(join(folder, "evil.csv"), EVIL)
    expect(ashiato(["labels", "import", "evil.csv", "--labels", "evil"], folder)).toMatchObject({
      code: 0,
      err: "",
    })
  })

  it("is marked, with the abuse, as its own label, as one that is carried over, and as one that is not", () => {
    expect(words("cat")).toContain(`Labels of the address itself (2)\n${evil}\n- ${cat}: "A shop" (user) by`)
    const ofAnn = words("ann")
    expect(ofAnn).toContain(evil)
    expect(ofAnn).toContain(
      `not carried over (1)\n- ${addressOf("bob")}: "Thief" (no category; abuse: service_hack) by evil.csv`,
    )
    writeFileSync(join(folder, "none.csv"), EVIL.replace("sanction,,", "sanction,false,"))
    expect(ashiato(["labels", "import", "none.csv", "--labels", "none"], folder).code).toBe(0)
    const notCarried = ashiato(["cluster", addressOf("ann"), "--labels", "none"], folder).out
    expect(notCarried).toContain(`not carried over (2)\n${evil.replace("evil.csv", "none.csv")}`)
  })

  it("is marked in Japanese too", () => {
    const line = `- 制裁：${cat}：evil.csv のラベル「Evil corp」（user；悪用の種類：sanction、2020-01-01 時点）`
    expect(words("cat", "--lang", "ja")).toContain(line)
    expect(words("ann", "--lang", "ja")).toContain(line)
  })

  it("is shown before harmless labels where few are, and told as one in JSON", () => {
    for (const owner of ["cat", "ann"]) {
      const { labels } = subject(addressOf(owner), "--labels", "evil", "--most", "1")
      const shown = owner === "cat" ? labels.own : labels.reached
      expect(shown).toMatchObject({
        count: 2,
        shown: [{ label: "Evil corp", abuse: "sanction", sanction: true }],
      })
    }
  })
})

describe("ashiato screen with a ledger", () => {
  function screened(address: string): ScreenAnswer {
    const { out, err } = ashiato(["screen", address, "--json"], folder)
    expect(err).toBe("")
    const document: unknown = JSON.parse(out)
    if (!validateScreen(document)) throw new Error(JSON.stringify(validateScreen.errors, null, 1))
    return document.answers[0] as ScreenAnswer
  }

  it("tells the labels that reach an address through its cluster, as inferred, with the path", () => {
    const { labels, cluster, unknown } = screened(addressOf("ann"))
    expect(labels).toEqual([])
    expect(cluster).toMatchObject({ addresses: 3, grade: "inferred", traced: [] })
    expect(cluster?.labels.map(({ label, via }) => [label, via])).toEqual([
      ["Cat's shop", [addressOf("ann"), tx("join1"), addressOf("bob"), tx("join2"), addressOf("cat")]],
    ])
    expect(unknown.map(({ code }) => code)).not.toContain("clusters-unknown")
    expect(ashiato(["screen", addressOf("ann")], folder).out).toMatch(/Through its cluster of 3 addresses/)
  })

  it("tells of a transaction the clusters of those who spent and who received, and of an output its owner's and its payers'", () => {
    const { owners, cluster, clusters, labels } = screened(tx("join1"))
    expect(owners).toEqual({
      spent: [addressOf("ann"), addressOf("bob")],
      received: [addressOf("shop"), addressOf("ann-change")],
      leftOut: { spent: 0, received: 0 },
    })
    expect([labels, cluster]).toEqual([[], null])
    const told = clusters.map(({ spent, received, addresses, labels: through }) => {
      return { spent, received, addresses, labels: through.map(({ label, via }) => [label, via]) }
    })
    const path = [addressOf("bob"), tx("join2"), addressOf("cat")]
    expect(told).toContainEqual({
      spent: [addressOf("ann"), addressOf("bob")],
      received: [],
      addresses: 3,
      labels: [["Cat's shop", [addressOf("ann"), tx("join1"), ...path]]],
    })
    expect(told).toHaveLength(3)
    const [change, bobs] = [screened(`${tx("join1")}:1`), screened(`${tx("cb1")}:2`)]
    // Who paid an output is told beside its owner, and what comes through their cluster apart from its own.
    expect(change.owners).toMatchObject({
      spent: [addressOf("ann"), addressOf("bob")],
      received: [addressOf("ann-change")],
    })
    expect(change.clusters.flatMap(({ labels: through }) => through.map(({ label }) => label))).toEqual([
      "Cat's shop",
    ])
    expect(change.cluster).toMatchObject({ addresses: 1, labels: [] })
    expect(bobs.cluster?.labels.map(({ label, via }) => [label, via])).toEqual([["Cat's shop", path]])
    // A label of an owner is the transaction's own, and not its cluster's.
    const direct = screened(tx("join2"))
    expect(direct.labels.map(({ address }) => address)).toEqual([addressOf("hot"), addressOf("cat")])
    expect(direct.clusters.flatMap(one => one.labels)).toEqual([])
  })

  it("fires a policy on the cluster of who spent, and prints the measured error rates in text and JSON", () => {
    const when = { cluster: { label: { actor: "cat" } } }
    const rules = `[{ "id": "cat", "when": ${JSON.stringify(when)}, "then": "refuse" }]`
    const policy = `{ "schema": "ashiato/policy/1", "rules": ${rules}, "default": "pass" }`
    writeFileSync(join(folder, "p.json"), policy)
    const { code, out } = ashiato(["screen", tx("join1"), "--policy", "p.json", "--json"], folder)
    expect(code).toBe(1)
    const { answers, rates } = JSON.parse(out) as ScreenDocument
    const [fact = ""] = answers[0]?.verdict?.facts ?? []
    expect(fact).toMatch(/^\/clusters\/\d\/labels\/0$/)
    expect(answers[0]?.clusters[Number(fact.split("/")[2])]?.spent).toContain(addressOf("bob"))
    expect(rates.map(({ heuristic }) => heuristic)).toContain("coinjoin")
    for (const { heuristic, precision } of rates) {
      const { truePositives: right, falsePositives } = measuredRecord(heuristic as MeasuredHeuristic)
      expect(precision).toMatchObject({ right, of: right + falsePositives })
    }
    const english = ashiato(["screen", tx("join1"), addressOf("ann"), "--policy", "p.json"], folder).out
    expect(english).toMatch(
      /REFUSE by rule "cat" of p\.json\n {2}because: \S+ labelled "Cat's shop" .*inferred/,
    )
    expect(english).toMatch(/Through a cluster of 3 addresses .*\n {2}spent by/)
    expect(english).toMatch(/cannot rule out/)
    expect(english).toMatch(/How often these heuristics were right/)
    const japanese = ashiato(["screen", tx("join1"), "--lang", "ja"], folder).out
    expect(japanese).toMatch(/3 アドレスのクラスターを通じて/)
    expect(japanese).toMatch(/模擬チェーンで測った正しさ/)
    const none = ashiato(["screen", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "--json"], folder).out
    expect((JSON.parse(none) as ScreenDocument).rates).toEqual([])
  })

  it("says of an output or a transaction that the ledger does not have that it does not", () => {
    for (const ref of [`${tx("join1")}:7`, "00".repeat(32)]) {
      const { unknown, clusters, cluster } = screened(ref)
      expect([clusters, cluster]).toEqual([[], null])
      expect(unknown.find(({ code }) => code === "clusters-unknown")?.detail).toEqual({ why: "not-there" })
      expect(unknown.map(({ code }) => code)).toContain("not-in-ledger")
    }
    const batch = ashiato(["screen", addressOf("stranger"), "00".repeat(32)], folder).out
    expect(batch.match(/nothing found; not in the ledger/g)).toHaveLength(2)
  })

  it("tells the traced value of other members, and says where the ledger has no such address", () => {
    const thefts = `theft,ref\nstolen,${tx("cb1")}:3\n`
    writeFileSync(join(folder, "thefts.csv"), thefts)
    const asked = [
      "screen",
      addressOf("bob"),
      "--thefts",
      "thefts.csv",
      "--ledger",
      "ashiato.ledger",
      "--json",
    ]
    const { out, err } = ashiato(asked, folder)
    expect(err).toBe("")
    const document = JSON.parse(out)
    expect(validateScreen(document), JSON.stringify(validateScreen.errors)).toBe(true)
    expect(document.answers[0].traced).toEqual([])
    expect(document.answers[0].cluster.traced).toMatchObject([{ theft: "stolen", hops: 0 }])
    const why = screened(addressOf("stranger")).unknown.find(({ code }) => code === "clusters-unknown")
    expect(why?.detail).toEqual({ why: "not-in-ledger" })
  })
})

describe("ashiato cluster over a ledger of accounts", () => {
  const VICTIM = `0x${"9".repeat(40)}`
  const [DEP, HOT] = ["1", "2"].map(digit => `0x${digit.repeat(40)}`) as [string, string]
  const rows = `txid,n,height,time,from,to,asset,amount
a,0,1,,${VICTIM},${DEP},TOK,300
b,0,2,,${DEP},${HOT},TOK,300
c,0,3,,${VICTIM},${DEP},TOK,200
d,0,4,,${DEP},${HOT},TOK,200
`
  const accounts = newFolder({
    "t.csv": rows,
    "list.csv": `address,network,label,actor,category,seen\n${HOT},ethereum,Exch,exch,exchange,2020-01-01\n`,
  })

  it("says that accounts do not spend together, and recognises a deposit address", () => {
    expect(ashiato(["ingest", "transfers", "t.csv", "--chain", "ethereum"], accounts)).toMatchObject({
      code: 0,
    })
    const unlabelled = ashiato(["cluster", DEP, "--json"], accounts)
    expect(JSON.parse(unlabelled.out).answers[0].subjects.shown[0]).toMatchObject({
      cluster: null,
      deposit: null,
      depositUnknown: "no-labels",
    })
    expect(ashiato(["labels", "import", "list.csv"], accounts)).toMatchObject({ code: 0 })
    const { out, err } = ashiato(["cluster", DEP, "--json"], accounts)
    expect(err).toBe("")
    const document = JSON.parse(out)
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
    expect(document.answers[0].subjects.shown[0]).toMatchObject({
      cluster: null,
      deposit: { service: "exch", sweeps: { count: 2, shown: ["b", "d"] }, isWeak: false },
    })
    expect(ashiato(["cluster", DEP], accounts).out).toMatch(/do not spend together/)
    const [transfer] = (JSON.parse(ashiato(["screen", "b#0", "--json"], accounts).out) as ScreenDocument)
      .answers
    expect(transfer).toMatchObject({ cluster: null, clusters: [], owners: { spent: [DEP], received: [HOT] } })
    expect(transfer?.labels.map(({ address }) => address)).toEqual([HOT])
    expect(transfer?.unknown.find(({ code }) => code === "clusters-unknown")?.detail).toEqual({
      why: "account-chain",
    })
    expect(ashiato(["cluster", VICTIM, "--json"], accounts).out).toMatch(/"deposit": null/)
    expect(ashiato(["cluster", `0x${"7".repeat(40)}`], accounts)).toMatchObject({ code: 2, out: "" })
  })
})

describe("what ashiato cluster refuses", () => {
  it.each([
    ["an address of another network", ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"], /no address of regtest/],
    ["an address the ledger has never seen", [addressOf("stranger")], /has never seen/],
    ["an unknown transaction", ["00".repeat(32)], /has never seen/],
    ["an unknown output", [`${"00".repeat(32)}:0`], /has never seen/],
    ["a text that is nothing", ["hello"], /no address of regtest/],
    ["an overlong text", ["x".repeat(10_000)], /longer/],
    ["control characters", ["a\u001bb"], /control/],
    ["too large a --most", [addressOf("ann"), "--most", "100001"], /0 - 100000/],
    ["a --most that is no number", [addressOf("ann"), "--most", "1e3"], /0 - 100000/],
    ["no reference", [], /nothing to look up/],
    ["a ledger that is not there", [addressOf("ann"), "--ledger", "nowhere"], /nowhere/],
    ["a day that is none", [addressOf("ann"), "--as-of", "2024-13-01"], /2024-13-01/],
    ["one wrong reference beside a right one", [addressOf("ann"), "hello"], /no address of regtest/],
  ])("%s", (_, args, words) => {
    const { code, out, err } = ashiato(["cluster", ...args], folder)
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(err).toMatch(/^ashiato: [^\n]+\n$/)
    expect(err).toMatch(words)
  })

  it("says the same in Japanese", () => {
    const { code, err } = ashiato(["cluster", addressOf("stranger"), "--lang", "ja"], folder)
    expect(code).toBe(2)
    expect(err).toMatch(/一度も現れません/)
  })
})

/** A book that has no label of this chain. */
function emptyBook(where: string): string {
  writeFileSync(
    join(where, "other.csv"),
    "address,network,label\n1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa,bitcoin,first block\n",
  )
  expect(ashiato(["labels", "import", "other.csv"], where)).toMatchObject({ code: 0 })
  return join(where, "ashiato.labels")
}
