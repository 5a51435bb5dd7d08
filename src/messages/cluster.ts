import { type ClusterMessages, clusterEn } from "./cluster.en.ts"
import { clusterJa } from "./cluster.ja.ts"
import type { Language } from "./language.ts"

export function clusterMessages(language: Language): ClusterMessages {
  return language === "ja" ? clusterJa : clusterEn
}
