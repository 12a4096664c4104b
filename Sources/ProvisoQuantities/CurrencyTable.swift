// ISO 4217: every alphabetic currency code with the digits of its minor unit.

/// Currency codes by the number of decimals of their minor unit; the active list of ISO 4217 in
/// 2026 (SIX Financial Information, the maintenance agency).
let currencyTable: [(minorDigits: Int, codes: String)] = [
  (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
  (
    2,
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
    CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
    GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR \
    LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD \
    PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
    SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR \
    ZMW ZWG
    """
  ),
  (3, "BHD IQD JOD KWD LYD OMR TND"),
  (4, "CLF UYW"),
]

/// Codes of the active list that have no minor unit: metals, units of account, testing, none.
let currenciesWithoutMinorUnit = "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"

/// Codes withdrawn since 2010, which contracts signed before still carry, by minor unit digits.
let withdrawnCurrencyTable: [(minorDigits: Int, codes: String)] = [
  (0, "BYR"),
  (2, "ANG BGN CUC EEK HRK LTL LVL MRO SLL STD VEF ZMK ZWL"),
]
