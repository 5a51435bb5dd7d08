import type { ThroughUnknown, WithdrawnNothing } from "../ledger/label-words.ts"
import { grouped, many } from "./many.ts"

export const labelsEn = {
  help: `ashiato labels import FILE...   take in what lists say of addresses; all of the files, or none
ashiato labels list             which lists there are; with --list or --category, their labels
ashiato labels why ADDRESS      everything the lists say of an address, side by side, what looks like it, and with a
                                ledger which labels reach it through those that spend with it
ashiato labels why ACTOR        what the lists say of an actor, by the short name that labels give it
ashiato labels export --list NAME FILE.yaml
                                the standing labels of a list, as a TagPack; its actors as an ActorPack

  --labels DIR            the folder of the labels (default ./ashiato.labels)
  --as-of DATE            what was known on that day, YYYY-MM-DD (default today, UTC)
  --ledger DIR            why: where to look for others that spend with the address, whose labels reach it, and for
                          whose deposit address it is (default ./ashiato.ledger, if it is there)
  --list NAME             import: call the list so; list, export: of this list only
  --category C            list: of this category only
  --seen DATE             import: the day on which the files say this, where they bear none
  --complete              import: each file is the whole of its list as of its day; what the list said before and
                          holds no more is marked as withdrawn from that day on, and kept
  --licence TEXT, --source TEXT
                          import: for labels that bear none
  --strict                import: one entry that cannot be taken refuses everything
  --actors                export: the list's actors, where it has labels too
  --json                  as JSON
  --lang en|ja            language (default: from the locale)

Files: GraphSense TagPacks and ActorPacks (.yaml), sanctioned_addresses_XBT.json and its like, OFAC's sdn.csv, CSV
address,name, CSV address,network,label[,actor,category,abuse,confidence,is_cluster_definer,source,licence,note,seen,
withdrawn], case files (case.json).
Without FILE, import checks what was imported before, and makes the index anew where that is needed.

Examples
  ashiato labels import ofac.yaml exchanges.yaml --licence MIT
  ashiato labels import sanctioned_addresses_XBT.json --seen 2024-09-10 --complete
  ashiato labels why 0x098b716b8aaf21512996dc57eb0615e2383e2f96 --as-of 2023-01-01
  ashiato labels why 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa --ledger btc.ledger --json
`,
  imported: (file: string, list: string, day: string) => `${file}: ${list}, as of ${day}`,
  dayFrom: { list: "the list's own day", user: "the day you gave", import: "the day of this import" },
  entries: (entries: number, labels: number, actors: number, rejects: number) => {
    const taken = [
      ...(labels > 0 || actors === 0 ? [many(labels, "label", "labels")] : []),
      ...(actors > 0 ? [many(actors, "actor", "actors")] : []),
    ]
    return `  ${many(entries, "entry", "entries")}: ${taken.join(", ")} taken, ${grouped(rejects)} not`
  },
  counts: (added: number, duplicates: number) =>
    `  of those taken ${grouped(added)} new, ${grouped(duplicates)} known already or repeated in the file`,
  unchecked: (count: number, networks: string) =>
    `  ${grouped(count)} of an address whose form has no check here, kept as written (network ${networks})`,
  future: (count: number) => `  ${grouped(count)} dated after today: does not count until then`,
  earlier: (count: number) => `  ${count} known from an earlier day on now`,
  withdrawnNow: (count: number) => `  ${count} of the list before stand no more and are marked as withdrawn`,
  notWithdrawn: (count: number, because: WithdrawnNothing | null) =>
    because === null
      ? `  ${count} of the list before are not in what was taken and stay: an entry that was not taken may have meant them:`
      : `  ${count} of the list before are not in what was taken, and none is marked as withdrawn: ${
          because === "many-rejects"
            ? "too many entries were not taken"
            : "an entry that was not taken has no address that can be read, and may mean any of them"
        }`,
  spared: (address: string, entry: string) => `    ${address}: perhaps meant by ${entry}`,
  moreSpared: (count: number) => `    and ${count} more`,
  rejects: (count: number) => `  ${count} not taken:`,
  reject: (line: string, address: string, network: string, reason: string) =>
    `    ${line}${address}${network}: ${reason}`,
  line: (line: number) => `line ${line}: `,
  moreRejects: (count: number) => `    and ${count} more`,
  note: (text: string) => `  note: ${text}`,
  stored: (folder: string) => `Stored in ${folder}.`,
  nothingNew: (folder: string) => `Nothing new: ${folder} is as it was.`,
  nothingTaken: (folder: string) => `Nothing was taken: nothing was added to ${folder}.`,
  indexed: (folder: string) => `The index of ${folder} fits what was imported.`,
  asOf: (day: string) => `As of ${day}`,
  lists: {
    list: "list",
    creator: "by",
    standing: "stand",
    withdrawn: "withdrawn",
    actors: "actors",
    days: "seen",
    licence: "licence",
  },
  later: (count: number) => `${count} came later`,
  noLists: "No labels.",
  sources: (named: string, more: number) => `sources: ${named}${more > 0 ? `, and ${more} more` : ""}`,
  none: (address: string) =>
    `No list here says anything of ${address}. That is no clearance: it says what these lists do not hold.`,
  standing: (count: number, address: string) => `${many(count, "label", "labels")} of ${address}`,
  withdrawnTitle: "Withdrawn:",
  laterTitle: "Came after that day:",
  fields: {
    list: "list",
    creator: "by",
    network: "network",
    unchecked: "address not checked: no check for this network here",
    actor: "actor",
    category: "category",
    abuse: "abuse",
    confidence: "confidence",
    cluster: "defines its cluster",
    yes: "yes",
    no: "no",
    source: "source",
    licence: "licence",
    note: "note",
    seen: "seen",
    withdrawn: "withdrawn",
    uri: "on the web",
    categories: "categories",
    jurisdictions: "jurisdictions",
    aliases: "also called",
    context: "further",
  },
  actorAsked: (name: string) => `No list here labels an address "${name}"; as an actor:`,
  labelledActor: (labels: number, addresses: number) =>
    `${many(labels, "label", "labels")} of ${many(addresses, "address", "addresses")} ${labels === 1 ? "names" : "name"} it${addresses > 0 ? ", the first of them:" : "."}`,
  moreOfActor: (count: number) => `and ${many(count, "more address", "more addresses")}`,
  ofList: (list: string, count: number) => `by ${list}: ${many(count, "label", "labels")}`,
  moreListsOfActor: (count: number) => `and ${many(count, "more list", "more lists")}`,
  withdrawnOfActor: (count: number) =>
    `${many(count, "more label", "more labels")} named it and ${count === 1 ? "was" : "were"} withdrawn`,
  describedTitle: "Who is meant, as the lists describe it:",
  conflict: (said: string) =>
    `The lists disagree on who this is: ${said}. Which one is right is not decided here.`,
  saidBy: (actor: string, lists: string) => `${actor} (${lists})`,
  lookAlikes: "Labelled addresses that look like it, and are not it:",
  lookAlike: (address: string, head: number, tail: number) =>
    `  ${address}: the first ${head} and the last ${tail} characters agree`,
  through: (ledger: string) => `What reaches it through ${ledger}:`,
  throughUnknown: {
    "other-chain": "Nothing is said: it is no address of the ledger's chain.",
    "not-in-ledger": "Nothing is said: the ledger has never seen it.",
    "too-many-moves": "Nothing is said: it moved too often to be a customer's deposit account.",
  } satisfies Record<ThroughUnknown, string>,
  throughNothing: "No label of another address reaches it.",
  moreInCluster: (count: number) => `and ${count} more (ashiato cluster)`,
  exported: (what: "labels" | "actors", count: number, file: string) =>
    `${what === "labels" ? many(count, "label", "labels") : many(count, "actor", "actors")} written to ${file}.`,
  leftOut: (withdrawn: number, later: number) =>
    `Left out, for the format has no words for it: ${grouped(withdrawn)} of the list that were withdrawn, ${grouped(later)} dated after today.`,
}

export type LabelMessages = typeof labelsEn
