/** Where a ledger is when `--ledger` does not say: in the folder that the command is run in. */
export const DEFAULT_LEDGER = "ashiato.ledger"
