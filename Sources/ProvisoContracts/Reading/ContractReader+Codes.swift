// Codes of public lists, and members of a ruleset's own enumerations.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

extension ContractReader {
  mutating func readCountry(_ node: JSONNodeID) -> CountryCode? {
    if let country = CountryCode(utf8: document.textBytes(of: node)) { return country }
    let text = codeText(node)
    let meant = CountryCode.nearest(to: text)
    report(
      ContractCode.country, at: node, "`\(shortened(text))` is not a country of ISO 3166-1",
      help: meant.map { $0.name == text ? "write `\($0)`" : "write `\($0)` (\($0.name))" }
        ?? "write the country's two letters, such as `DK`")
    return nil
  }

  mutating func readCurrency(_ node: JSONNodeID) -> CurrencyCode? {
    guard document[node].kind == .string else {
      reportWrongKind(node, type: .currency)
      return nil
    }
    let text = codeText(node)
    if let currency = CurrencyCode(text: text) { return currency }
    reportCurrency(node, text)
    return nil
  }

  mutating func reportCurrency(_ node: JSONNodeID, _ text: String) {
    let meant = CurrencyCode.nearest(to: text)
    report(
      ContractCode.currency, at: node, "`\(shortened(text))` is not a currency of ISO 4217",
      help: meant.isEmpty
        ? "write the currency's three letters, such as `DKK`"
        : "write \(memberWords(meant.map(\.text)))")
  }

  mutating func readLEI(_ node: JSONNodeID) -> LegalEntityIdentifier? {
    switch LegalEntityIdentifier.read(document.textBytes(of: node)) {
    case .success(let identifier): return identifier
    case .failure(let failure):
      var help = "an LEI is 18 digits and capital letters, then two check digits"
      if case .wrongCheckDigits = failure { help = "look it up again; one character is wrong" }
      report(
        ContractCode.lei, at: node, "\(kindWords(of: node)) is not an LEI: \(failure)", help: help)
      return nil
    }
  }

  mutating func readNace(_ node: JSONNodeID) -> NaceCode? {
    let text = codeText(node)
    if let code = NaceCode(text: text) { return code }
    report(
      ContractCode.nace, at: node, "`\(shortened(text))` is not a code of NACE Rev. 2",
      help: NaceCode.nearest(to: text).map { "write `\($0)` if that is meant" }
        ?? "write a section, division, group or class: `D`, `35`, `35.1`, `35.11`")
    return nil
  }

  mutating func readMember(_ node: JSONNodeID, of enumeration: Enumeration) -> Int? {
    for (index, member) in enumeration.members.enumerated() where document.isText(node, member) {
      return index
    }
    let text = codeText(node)
    let nearest = nearestName(to: text, among: enumeration.members)
    report(
      ContractCode.member, at: node,
      "`\(shortened(text))` is not one of \(memberWords(enumeration.members))",
      help: nearest.map { "write `\($0)` if that is meant" } ?? "write one of them")
    return nil
  }

  /// A code as written, cut at a length no code has.
  private func codeText(_ node: JSONNodeID) -> String {
    String(decoding: document.textBytes(of: node).prefix(100), as: UTF8.self)
  }
}
