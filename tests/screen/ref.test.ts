import { describe, expect, it } from "vitest"
import { type ListedOn, RefReader } from "../../src/cases/screen-ref.ts"
import { loadChain } from "../../src/chains/chain.ts"
import { Problem } from "../../src/units/problem.ts"

const open = new RefReader(null, false)
const ethereum = new RefReader(await loadChain("ethereum"), false)
const opaque = new RefReader(null, true)

const read = async (reader: RefReader, text: string, listedOn: ListedOn = () => []) => {
  try {
    const { kind, forms, rest, checksum } = await reader.read(text, listedOn)
    return { kind, forms: forms.map(form => [form.text, form.chains.join(" ")].join(" : ")), rest, checksum }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return `${error.code} ${error.detail.chain ?? ""} ${error.detail.reason ?? ""}`.trim()
  }
}

const HASH = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"
const CHECKED = { kind: "address", rest: null, checksum: "verified" }

describe("a reference", () => {
  it.each([
    // The addresses of BIP173, of EIP-55 and of the first block.
    ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa : bitcoin"]],
    ["BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", ["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 : bitcoin"]],
    [
      "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
      ["tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7 : testnet"],
    ],
    ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", ["0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed : ethereum"]],
    ["NC4C6P-SUW5CL-TDT5SX-AGJDQJ-GZNESK-FK5MCN-77OG", ["NC4C6PSUW5CLTDT5SXAGJDQJGZNESKFK5MCN77OG : nem"]],
  ])("is recognised by its form and told in its canonical one: %s", async (text, forms) => {
    expect(await read(open, text)).toEqual({ ...CHECKED, forms })
  })

  it("that fits several networks is told under each, in the form that each writes", async () => {
    const found = (await read(open, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy")) as { forms: string[] }
    expect(found.forms[0]).toBe("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy : bitcoin")
    expect(found.forms[1]).toMatch(/^M\w+ : litecoin$/)
  })

  it("without a checksum is told so", async () => {
    expect(await read(open, "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")).toMatchObject({
      checksum: "absent",
    })
    expect(await read(open, `script:${HASH}`)).toMatchObject({ kind: "address", checksum: "absent" })
  })

  it.each([
    [HASH, "transaction", "bitcoin testnet regtest litecoin litecoin-regtest nem", null],
    [HASH.toUpperCase(), "transaction", "bitcoin testnet regtest litecoin litecoin-regtest nem", null],
    [`${HASH}:0`, "output", "bitcoin testnet regtest litecoin litecoin-regtest", "0"],
    [`0x${HASH}`, "transaction", "ethereum", null],
  ])("may be a transaction or an output: %s", async (text, kind, chains, rest) => {
    const hash = text.startsWith("0x") ? `0x${HASH}` : HASH
    expect(await read(open, text)).toEqual({
      kind,
      forms: [`${hash} : ${chains}`],
      rest,
      checksum: "verified",
    })
  })

  it("may be one transfer of an account chain", async () => {
    const forms = [`0x${HASH} : ethereum`]
    expect(await read(open, `0x${HASH}#log:17`)).toEqual({
      kind: "account-ref",
      forms,
      rest: "#log:17",
      checksum: "verified",
    })
  })

  it.each([
    [
      "a slip in base58",
      "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
      "screen-ref-invalid bitcoin checksum does not match",
    ],
    [
      "a slip in bech32",
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
      "screen-ref-invalid bitcoin checksum does not match",
    ],
    [
      "capitals that EIP-55 does not make",
      "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
      "screen-ref-invalid ethereum checksum does not match",
    ],
    [
      "cases mixed in bech32",
      "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3T4",
      "screen-ref-invalid bitcoin upper and lower case mixed",
    ],
    [
      "a slip in NEM",
      "NC4C6PSUW5CLTDT5SXAGJDQJGZNESKFK5MCN77OH",
      "screen-ref-invalid nem checksum does not match",
    ],
    ["a slip in an address of Tron", "TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU8", "screen-ref-unrecognised"],
    ["a word", "mule", "screen-ref-unrecognised"],
    ["a remark behind a transaction", `${HASH} # paid back`, "screen-ref-unrecognised"],
    ["a transfer of a name, without accounts that have such", "deposit#0", "screen-ref-unrecognised"],
    ["an output above the last number there can be", `${HASH}:4294967296`, "screen-output-number"],
    ["an output of a longer number", `${HASH}:99999999999999999999`, "screen-output-number"],
    ["a control character", "1A1zP1eP5Q\u0007GefiP", "control-characters"],
    ["a page of text", "x".repeat(300), "field-too-long"],
  ])("is refused for %s", async (_, text, problem) => {
    expect(await read(open, text)).toBe(problem)
  })

  // All but the first as OFAC publishes them.
  it.each([
    ["TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7", "tron"],
    ["XnPFsRWTaSgiVauosEwQ6dEitGYXgwznz2", "dash"],
    ["t1MMXtBrSp1XG38Lx9cePcNUCJj5vdWfUWL", "zcash"],
    [
      "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsL",
      "monero",
    ],
  ])(
    "of a network without ledgers here is known by its checksum, as at import: %s",
    async (text, network) => {
      expect(await read(open, text)).toEqual({ ...CHECKED, forms: [`${text} : ${network}`] })
    },
  )

  it("with no checksum that is known here is taken as a list has it, on the network that the list says", async () => {
    const ripple = "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"
    expect(await read(open, ripple)).toBe("screen-ref-unrecognised")
    const listed = await read(open, ` ${ripple}`, one => (one === ripple ? ["ripple"] : []))
    expect(listed).toEqual({ ...CHECKED, forms: [`${ripple} : ripple`], checksum: "unchecked" })
  })

  it("of Bitcoin Cash is found however it and the list are written", async () => {
    const cash = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
    const all = [
      cash,
      `bitcoincash:${cash}`,
      cash.toUpperCase(),
      `BITCOINCASH:${cash.toUpperCase()}`,
      ` ${cash} `,
    ]
    for (const listed of all.slice(0, 4)) {
      for (const asked of all) {
        const found = await read(open, asked, one => (one === listed ? ["bitcoin-cash"] : []))
        expect(found).toMatchObject({ forms: [`${listed} : bitcoin-cash`], checksum: "unchecked" })
      }
    }
  })

  it.each([
    "bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "BITCOIN:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1",
    "  1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa ",
  ])("is read out of a payment link, and of spaces: %j", async text => {
    expect(await read(open, text)).toEqual({
      ...CHECKED,
      forms: ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa : bitcoin"],
    })
  })

  it("of a transfer is one of a chain with accounts", async () => {
    expect(await read(open, `${HASH}#3`)).toMatchObject({ kind: "account-ref", forms: [`${HASH} : nem`] })
    const bitcoin = new RefReader(await loadChain("bitcoin"), false)
    expect(await read(bitcoin, `${HASH}#3`)).toMatch(/^screen-ref-invalid bitcoin/)
    const named = new RefReader(null, false, true)
    expect(await read(named, "deposit#0")).toMatchObject({ kind: "account-ref", rest: "#0" })
  })

  it("of another network than the stated chain is refused, and says of which it should be", async () => {
    expect(await read(ethereum, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa")).toBe(
      "screen-ref-invalid ethereum wrong length",
    )
  })

  it("is taken as it is where the ledger is of no chain", async () => {
    expect(await read(opaque, "mule")).toMatchObject({
      kind: "address",
      forms: ["mule : "],
      checksum: "absent",
    })
    expect(await read(opaque, "deposit#0")).toMatchObject({ kind: "account-ref", rest: "#0" })
  })
})
