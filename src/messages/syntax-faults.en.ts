/** What the readers of YAML and JSON call a fault, in words: the commonest. `EMPTY` and `ALIAS` are ours. */
export const syntaxFaultsEn = {
  EMPTY: "the file is empty",
  ALIAS: "an alias (*name) is used",
  BAD_ALIAS: "an alias (*name) is not written as one",
  BAD_INDENT: "the indentation does not fit the lines before",
  BAD_SCALAR_START: "a value begins with a character that has to stand in quotes",
  BLOCK_AS_IMPLICIT_KEY: 'a value with ": " in it has to stand in quotes',
  DUPLICATE_KEY: "a key stands twice",
  MISSING_CHAR: "a closing quote or bracket, a colon or a space is missing",
  MULTILINE_IMPLICIT_KEY: "a key goes over several lines; a colon or a quote may be missing",
  MULTIPLE_DOCS: "the file holds several documents (---); write one a file",
  RESOURCE_EXHAUSTION: "nested too deep",
  TAB_AS_INDENT: "a tab indents a line; indent with spaces",
  TAG_RESOLVE_FAILED: "a tag (!name) is used that is not allowed here",
  UNEXPECTED_TOKEN: "something stands where nothing can; a quote or a bracket may be missing before it",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  EndOfFileExpected: "something stands after the end of the value",
  InvalidCommentToken: "comments have no place in JSON",
  InvalidSymbol: "a word stands where a value has to; texts stand in double quotes",
  PropertyNameExpected: "a key in double quotes is missing; a comma before it may be one too many",
  UnexpectedEndOfString: "a text is not closed with a double quote",
  ValueExpected: "a value is missing",
} as const

export type SyntaxFault = keyof typeof syntaxFaultsEn

/** Rare ones as their reader calls them. */
export function syntaxFault(code: string, words: Readonly<Record<SyntaxFault, string>>): string {
  return Object.hasOwn(words, code) ? words[code as SyntaxFault] : code
}
