import { type AttributeMessages, attributeEn } from "./attribute.en.ts"
import { attributeJa } from "./attribute.ja.ts"
import type { Language } from "./language.ts"

export function attributeMessages(language: Language): AttributeMessages {
  return language === "ja" ? attributeJa : attributeEn
}
