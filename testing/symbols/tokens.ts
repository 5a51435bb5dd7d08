/** Well-known symbols, as their contracts or chains write them: of these a look-alike is told. */
export const KNOWN_SYMBOLS: readonly string[] = [
  ...["ETH", "WETH", "stETH", "wstETH", "mETH", "cmETH", "rETH", "cbETH"],
  ...["BTC", "WBTC", "cbBTC", "tBTC", "BTCB"],
  ...["USDT", "USDC", "DAI", "USDS", "USDe", "PYUSD", "TUSD", "FRAX", "LUSD", "EURC"],
  ...["BNB", "SOL", "XRP", "ADA", "DOGE", "TRX", "TON", "LTC", "XEM", "XYM"],
  ...["LINK", "UNI", "AAVE", "MKR", "CRV", "LDO", "ARB", "OP", "POL", "SHIB", "PEPE"],
]

/** Symbols of other real tokens, many of them near to a known one: wrapped, staked, bridged, of another issuer. */
export const OTHER_SYMBOLS: readonly string[] = [
  // Circle's dollar bridged; Tether's own, which is written in four ways on as many chains.
  ...["USDC.e", "USDbC", "axlUSDC", "aUSDC", "cUSDC", "USDt", "USD₮", "USD₮0", "USDT0", "USDT.e"],
  // Other dollars and euros. USD0 is Usual's, USDO OpenEden's.
  ...["USD0", "USDO", "USD1", "USDD", "USDP", "GUSD", "BUSD", "FDUSD", "RLUSD", "sUSD", "sUSDe", "crvUSD"],
  ...["sDAI", "xDAI", "GHO", "MIM", "MAI", "EURS", "EURT", "EURe"],
  // BTC.b is the one on Avalanche, BTCB the one on BNB Chain.
  ...["BTC.b", "renBTC", "imBTC", "sBTC", "LBTC", "FBTC"],
  ...["WETH.e", "pETH", "sETH", "eETH", "weETH", "ezETH", "rsETH", "swETH", "osETH", "ankrETH", "frxETH"],
  ...["ETC", "ETHW", "ETHFI", "WBNB", "mSOL", "bSOL", "stSOL", "XLM", "XMR", "XTZ", "BCH", "DOT", "ATOM"],
]

/** Words that a real token may well be called, in other scripts or with marks. We know of no token that is. */
const WORDS: readonly string[] = [
  ...["РУБЛЬ", "КОТ", "ХОМЯК", "ТОН", "БИТОК", "ПЕПЕ", "ЭФИР", "СОБАКА", "ОР"],
  ...["ΔΡΑΧΜΗ", "ΕΥΡΩ", "ΛΟΓΟΣ", "ΝΕΟ", "ΗΛΙΟΣ", "ΟΥΖΟ"],
  ...["日本円", "柴犬", "로켓", "BRÖTCHEN", "CAFÉ", "€URO", "¥EN", "⁴²⁰K", "ÐOGE", "₿TC", "ΞTH"],
]

export const HONEST_SYMBOLS: readonly string[] = [...OTHER_SYMBOLS, ...WORDS]
