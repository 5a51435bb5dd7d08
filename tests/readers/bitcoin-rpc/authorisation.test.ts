import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, it } from "vitest"
import { blocksOf, problemOf, withNode } from "./with-node.ts"

function cookieFile(content: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "ashiato-cookie-")), ".cookie")
  writeFileSync(file, content)
  return file
}

it("user and password of the address are sent and shown nowhere; wrong ones are told at once", () =>
  withNode(async (node, open) => {
    node.credentials = "me:s%cret"
    const feed = await open({ url: node.url.replace("//", "//me:s%25cret@") })
    expect(feed.from).toBe(node.url)
    node.seen.length = 0
    const problem = await problemOf(open({ url: node.url.replace("//", "//me:other@") }))
    expect(problem).toMatchObject({ code: "remote-unauthorised", detail: { said: "status 401" } })
    expect(`${problem.message} ${problem.stack}`).not.toContain("other")
    expect(node.seen).toHaveLength(1)
    expect((await problemOf(open())).code).toBe("remote-unauthorised")
  }))

it("a cookie file lets in, with a line's end or without", () =>
  withNode(async (node, open) => {
    node.credentials = "__cookie__:0123abcd"
    for (const end of ["", "\n"]) {
      const feed = await open({ cookieFile: cookieFile(`__cookie__:0123abcd${end}`) })
      expect(await blocksOf(feed, 0)).toHaveLength(30)
    }
  }))

it("is read anew when the node has started anew, in the middle of reading too", () =>
  withNode(async (node, open) => {
    node.credentials = "__cookie__:first"
    const file = cookieFile("__cookie__:first")
    const feed = await open({ cookieFile: file, mostBlocks: 2 })
    const heights: number[] = []
    for await (const batch of feed.blocks(0, 29)) {
      heights.push(...batch.map(({ height }) => height))
      if (heights.length !== 10) continue
      node.credentials = "__cookie__:second"
      writeFileSync(file, "__cookie__:second")
    }
    expect(heights).toHaveLength(30)
    expect(await feed.hashAt(3)).not.toBeNull()
  }))

it("a cookie that the node refuses and that has not changed is not tried twice", () =>
  withNode(async (node, open) => {
    node.credentials = "__cookie__:other"
    const problem = await problemOf(open({ cookieFile: cookieFile("__cookie__:mine") }))
    expect(problem.code).toBe("remote-unauthorised")
    expect(node.seen).toHaveLength(1)
  }))

it("user and password of the address come before a cookie file, which is then not read", () =>
  withNode(async (node, open) => {
    node.credentials = "me:secret"
    const url = node.url.replace("//", "//me:secret@")
    expect((await open({ url, cookieFile: "/nowhere/.cookie" })).tip.height).toBe(29)
  }))

it("a cookie file that is none is told as what it is", () =>
  withNode(async (node, open) => {
    const missing = cookieFile("")
    rmSync(missing)
    expect(await problemOf(open({ cookieFile: missing }))).toMatchObject({
      code: "file-missing",
      where: { file: missing },
    })
    for (const content of ["", "no colon", "a:b\nc:d", `a:${"b".repeat(2_000)}`]) {
      const file = cookieFile(content)
      const problem = await problemOf(open({ cookieFile: file }))
      expect(problem).toMatchObject({ code: "file-unreadable", where: { file } })
      expect(problem.message).not.toContain("bbb")
    }
    expect(node.seen).toEqual([])
  }))
