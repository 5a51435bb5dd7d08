import type { Hex } from "viem"
import { assemble, creationOf } from "./evm-assembly.ts"

/*
 * Small contracts in EVM assembly, since there is no compiler here. An instruction takes its first argument from the
 * top of the stack, so that arguments stand in reverse; comments show the stack, its top at the right. A balance is
 * stored under the account's own number.
 */

const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
const DEPOSIT = "0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c"
const WITHDRAWAL = "0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65"

/** `cut` turns the amount sent (top of the stack) into the amount that arrives, below it the amount sent. */
function tokenWith(cut: string, more = ""): Hex {
  return assemble(`
      0 CALLDATALOAD 0xe0 SHR            ; selector
      DUP1 0xa9059cbb EQ @transfer JUMPI
      DUP1 0x40c10f19 EQ @mint JUMPI
      DUP1 0x70a08231 EQ @balance JUMPI
      DUP1 0x42966c68 EQ @burn JUMPI
      ${more}
    fail:
      0 0 REVERT

    balance:                             ; balanceOf(account)
      4 CALLDATALOAD SLOAD 0 MSTORE 0x20 0 RETURN

    mint:                                ; mint(to, amount), by anybody
      0x24 CALLDATALOAD                  ; amount
      DUP1 4 CALLDATALOAD SLOAD ADD      ; amount, new balance
      4 CALLDATALOAD SSTORE              ; amount
      0 MSTORE
      4 CALLDATALOAD 0 ${TRANSFER} 0x20 0 LOG3 STOP

    transfer:                            ; transfer(to, amount)
      0x24 CALLDATALOAD CALLER SLOAD     ; amount, balance
      DUP2 DUP2 LT @fail JUMPI
      DUP2 SWAP1 SUB CALLER SSTORE       ; amount
      DUP1 ${cut}                        ; amount, what arrives
      4 CALLDATALOAD SLOAD ADD           ; amount, new balance
      4 CALLDATALOAD SSTORE              ; amount
      0 MSTORE
      4 CALLDATALOAD CALLER ${TRANSFER} 0x20 0 LOG3
      1 0 MSTORE 0x20 0 RETURN

    burn:                                ; burn(amount)
      4 CALLDATALOAD CALLER SLOAD        ; amount, balance
      DUP2 DUP2 LT @fail JUMPI
      DUP2 SWAP1 SUB CALLER SSTORE       ; amount
      0 MSTORE
      0 CALLER ${TRANSFER} 0x20 0 LOG3 STOP
  `)
}

/** An honest token: its events say what it does. */
export const TOKEN = creationOf(tokenWith(""))

/** No token: says of anybody that he sent somebody an amount, and nothing else. */
export const FORGER = creationOf(
  assemble(`
    0x44 CALLDATALOAD 0 MSTORE
    0x24 CALLDATALOAD 4 CALLDATALOAD ${TRANSFER} 0x20 0 LOG3 STOP
  `),
)

/** Keeps a hundredth of each transfer, and says that all arrived. */
export const FEE_TOKEN = creationOf(tokenWith("100 DUP2 DIV SWAP1 SUB"))

/** Wraps ether that is sent to it without a word, and gives it back to `withdraw(amount)`, as WETH9 does. */
export const WRAPPED_ETHER = creationOf(
  tokenWith(
    "",
    `
      DUP1 0x2e1a7d4d EQ @withdraw JUMPI
      CALLVALUE @deposit JUMPI
      0 0 REVERT

    deposit:
      CALLVALUE CALLER SLOAD ADD CALLER SSTORE
      CALLVALUE 0 MSTORE
      CALLER ${DEPOSIT} 0x20 0 LOG2 STOP

    withdraw:
      4 CALLDATALOAD CALLER SLOAD        ; amount, balance
      DUP2 DUP2 LT @fail JUMPI
      DUP2 SWAP1 SUB CALLER SSTORE       ; amount
      0 MSTORE                           ; the amount is now in memory, and in the call's data
      CALLER ${WITHDRAWAL} 0x20 0 LOG2
      0 0 0 0 4 CALLDATALOAD CALLER GAS CALL POP STOP
    `,
  ),
)

/** Sends half of what it gets to its first argument and all it has left to its second. */
export const SPLITTER = creationOf(
  assemble(`
    0 0 0 0 2 CALLVALUE DIV 0 CALLDATALOAD GAS CALL POP
    0 0 0 0 SELFBALANCE 0x20 CALLDATALOAD GAS CALL POP
    STOP
  `),
)

/** Calls its first argument with the value and the rest of the data, whatever comes of it. */
export const RELAY = creationOf(
  assemble(`
    0x20 CALLDATASIZE SUB 0x20 0 CALLDATACOPY
    0 0 0x20 CALLDATASIZE SUB 0 CALLVALUE 0 CALLDATALOAD GAS CALL POP
    STOP
  `),
)

/** Sends the value on to its first argument, then takes it all back. */
export const REVERTER = creationOf(
  assemble(`
    0 0 0 0 CALLVALUE 0 CALLDATALOAD GAS CALL POP
    0 0 REVERT
  `),
)

/** Sends 7 wei to its first argument. */
export const PAYER = creationOf(
  assemble(`
    0 0 0 0 7 0 CALLDATALOAD GAS CALL POP
    STOP
  `),
)

/** Lets its first argument's code run in its own place, twice, with its second argument: by both old ways. */
export const BORROWER = creationOf(
  assemble(`
    0x20 CALLDATALOAD 0 MSTORE
    0 0 0x20 0 0 CALLDATALOAD GAS DELEGATECALL POP
    0 0 0x20 0 1000 0 CALLDATALOAD GAS CALLCODE POP
    STOP
  `),
)

/** Takes ether without data; with data destroys itself in favour of its first argument. */
export const MORTAL = creationOf(
  assemble(`
      CALLDATASIZE @die JUMPI
      STOP
    die:
      0 CALLDATALOAD SELFDESTRUCT
  `),
)

/** Makes a contract of the data with half of what it gets, then sends that contract all it has left. */
export const FACTORY = creationOf(
  assemble(`
    CALLDATASIZE 0 0 CALLDATACOPY
    CALLDATASIZE 0 2 CALLVALUE DIV CREATE  ; the new contract
    0 0 0 0 SELFBALANCE DUP6 GAS CALL
    POP POP STOP
  `),
)

/** Creation code that destroys the contract while it is being made: in favour of itself, or of its caller. */
export const STILLBORN = assemble("ADDRESS SELFDESTRUCT")
export const STILLBORN_GIVING_BACK = assemble("CALLER SELFDESTRUCT")
