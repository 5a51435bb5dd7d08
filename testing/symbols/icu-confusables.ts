import { spawnSync } from "node:child_process"

/**
 * What ICU says of texts, by its own copy of Unicode's table: two with the same skeleton are taken for one another
 * (UTS #39). Asked through Python, whose `ctypes` calls the library that is there under the number of its version.
 */
const SCRIPT = `
import ctypes, ctypes.util, json, re, sys, unicodedata
names = [ctypes.util.find_library(name) for name in ("icui18n", "icuuc")]
if None in names: sys.exit("no ICU")
version = re.search(r"(\\d+)", names[0].split("so")[-1]).group(1)
spoof, common = [ctypes.CDLL(name) for name in names]
bytes4 = ctypes.create_string_buffer(4)
getattr(common, "u_getUnicodeVersion_" + version)(bytes4)
failed = ctypes.c_int(0)
opened = getattr(spoof, "uspoof_open_" + version)
opened.restype = ctypes.c_void_p
checker = ctypes.c_void_p(opened(ctypes.byref(failed)))
call = getattr(spoof, "uspoof_getSkeletonUTF8_" + version)
call.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_int32, ctypes.c_char_p, ctypes.c_int32, ctypes.c_void_p]
out = ctypes.create_string_buffer(4096)
def skeleton(text):
    raw = text.encode()
    size = call(checker, 0, raw, len(raw), out, 4096, ctypes.byref(failed))
    if failed.value > 0: sys.exit("ICU failed")
    return out.raw[:size].decode()
asked = json.load(sys.stdin)
letters = {}
for letter in asked["letters"]: letters.setdefault(skeleton(letter), []).append(letter)
alike = []
for point in range(0x80, 0x110000) if letters else []:
    character = chr(point)
    if 0xd800 <= point < 0xe000 or unicodedata.category(character) in ("Cn", "Co"): continue
    alike += [[character, letter] for letter in letters.get(skeleton(character), [])]
json.dump({"unicode": ".".join(str(b) for b in bytes4.raw[:2]), "skeletons": [skeleton(t) for t in asked["texts"]], "alike": alike}, sys.stdout)
`

export interface IcuAnswer {
  /** Of ICU's table: "15.0". */
  readonly unicode: string
  readonly skeletons: readonly string[]
  /** Every character beyond ASCII that is taken for one of the letters asked, and which. */
  readonly alike: readonly (readonly [character: string, letter: string])[]
}

/** ICU's answer, or why there is none. */
export function askIcu(texts: readonly string[], letters: string): IcuAnswer | string {
  const input = JSON.stringify({ texts, letters: [...letters] })
  const done = spawnSync("python3", ["-c", SCRIPT], {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
  })
  if (done.error !== undefined) return "python3 is absent"
  return done.status === 0
    ? (JSON.parse(done.stdout) as IcuAnswer)
    : `ICU is absent: ${done.stderr.trim().split("\n").at(-1)}`
}
