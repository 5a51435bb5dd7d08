import { describe, expect, it } from "vitest"
import { askedAddress } from "../../src/labels/asked-address.ts"
import { fileOf, readFile } from "./reading.ts"

const CASH = "qpf2cphc5dkuclkqur7lhj2yuqq9pk3hmukle77vhq"
const HACKER = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"
const MONERO =
  "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsL"

describe("an address that somebody asks for", () => {
  it.each([
    [`bitcoincash:${CASH}`, CASH],
    [`BITCOINCASH:${CASH.toUpperCase()}`, CASH],
    ["bitcoin:1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V", "1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V"],
    [" 1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V ", "1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V"],
    [HACKER.replace("0x", "0X"), HACKER],
    ["0x098B716B8Aaf21512996dC57EB0615e2383E2f96", HACKER],
    ["TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq", "TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq"],
  ])("%j is looked for as %s", async (text, address) => {
    expect(await askedAddress(text)).toMatchObject({ address, fault: null })
  })

  it.each([
    ["1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9W", "bitcoin", "checksum does not match"],
    ["bitcoin:1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9", "bitcoin", "checksum does not match"],
    ["bc1qm34lsc65zpw79lxes69zkqmk6ee3ewf0j77s3j", "bitcoin", "checksum does not match"],
    ["TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzr", "tron", "checksum does not match"],
    [MONERO.slice(0, 67), "monero", "wrong length"],
    [`${MONERO.slice(0, -1)}M`, "monero", "checksum does not match"],
    ["0x098B716B8Aaf21512996dC57EB0615e2383E2f97", "ethereum", "checksum does not match"],
    ["0x098b716b", "ethereum", "wrong length"],
    ["NC64UFOWRO6AVMWFV2BFX2NT6W2GURK2EOX6FFMA", "nem", "checksum does not match"],
  ])("%s is no address of %s", async (text, chain, reason) => {
    const { isChecked, fault } = await askedAddress(text)
    expect(isChecked).toBe(false)
    expect(fault).toMatchObject({ code: "labels-address", detail: { chain, reason } })
  })

  it.each(["lazarusgroup", "binance", "rPT1Sjq2YGrBMTttX4GZHjKu9dyfzbpAYe", "tornado cash", "1inch"])(
    "%s is words, or of a network without a check",
    async text => expect(await askedAddress(text)).toEqual({ address: text, isChecked: false, fault: null }),
  )
})

describe("addresses as lists write them", () => {
  it("are the same address with a scheme before it, in the other case, or with 0X", async () => {
    const rows = [
      [`bitcoincash:${CASH}`, "BCH"],
      [CASH, "BCH"],
      [CASH.toUpperCase(), "BCH"],
      [HACKER.replace("0x", "0X"), "ETH"],
      ["bitcoin:1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V", "BTC"],
    ]
    const csv = `address,network,label\n${rows.map(row => `${row.join(",")},x`).join("\n")}\n`
    const { labels, rejects } = await readFile(fileOf("l.csv", csv))
    expect(rejects).toEqual([])
    expect(labels.map(({ address, checked }) => [address, checked])).toEqual([
      [CASH, false],
      [CASH, false],
      [CASH, false],
      [HACKER, true],
      ["1AjZPMsnmpdK2Rv9KQNfMurTXinscVro9V", true],
    ])
  })

  it("are checked on the test networks that `--chain` knows", async () => {
    const csv = `address,network,label\nmipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn,testnet,x\nmipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfm,regtest,x\n`
    const { labels, rejects } = await readFile(fileOf("l.csv", csv))
    expect(labels).toMatchObject([{ network: "testnet", checked: true }])
    expect(rejects).toMatchObject([{ network: "regtest", reason: "checksum does not match" }])
  })
})
