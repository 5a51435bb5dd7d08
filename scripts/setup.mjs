// Makes the checkout ready to run: installs the locked dependencies when the lockfile changed, and builds
// when a source changed. Called by the npm scripts themselves, because pre-scripts are off under ignore-scripts.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const at = (...parts) => join(root, ...parts)

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

function stampOf(files) {
  const hash = createHash("sha256").update(process.version)
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest("hex")
}

const isFresh = (stampFile, stamp) => existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp

function run(what, command, args) {
  const done = spawnSync(command, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" })
  if (done.error || done.status !== 0) {
    process.stderr.write(
      `${done.stdout ?? ""}\nsetup: ${what} failed: ${done.error?.message ?? `exit ${done.status}`}\n`,
    )
    process.exit(1)
  }
}

function install() {
  const stampFile = at("node_modules", ".ashiato-lockfile")
  const stamp = stampOf([at("package-lock.json"), at("package.json")])
  if (isFresh(stampFile, stamp)) return
  process.stderr.write("setup: installing the locked dependencies (once)\n")
  run("npm ci", process.platform === "win32" ? "npm.cmd" : "npm", [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
  ])
  writeFileSync(stampFile, stamp)
}

function build() {
  const stampFile = at("dist", ".ashiato-sources")
  const stamp = stampOf([
    ...filesBelow(at("src")),
    at("tsconfig.json"),
    at("tsconfig.build.json"),
    at("package.json"),
  ])
  if (isFresh(stampFile, stamp)) return
  process.stderr.write("setup: building\n")
  rmSync(at("dist"), { recursive: true, force: true })
  mkdirSync(at("dist"), { recursive: true })
  run("tsc", process.execPath, [
    at("node_modules", "typescript", "bin", "tsc"),
    "-p",
    at("tsconfig.build.json"),
  ])
  for (const file of filesBelow(at("src"))) {
    if (file.endsWith(".schema.json")) cpSync(file, join(root, "dist", file.slice(at("src").length)))
  }
  writeFileSync(stampFile, stamp)
}

install()
if (process.argv.includes("--build")) build()
