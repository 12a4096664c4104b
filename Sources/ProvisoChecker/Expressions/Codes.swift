// Codes with check digits and closed lists: countries, currencies, LEIs, NACE, members of a type.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// What a text says where a code may be expected.
enum CodeReading {
  case value(Value)
  /// A code was expected and this is none; it has been reported.
  case refused
  /// No code is expected here.
  case notACode
}

extension Checking {
  /// Reads a text or bare name as the code that a type asks for.
  func code(_ text: String, as type: ValueType, at span: SourceSpan) -> CodeReading {
    switch type {
    case .country:
      if let country = CountryCode(text: text) { return .value(.country(country)) }
      report(
        TypePages.unknownCountry, "`\(text)` is no country code", at: span,
        help: CountryCode.nearest(to: text).map { ["write `\($0.text)` (\($0.name))"] }
          ?? ["countries are written with the two letters of ISO 3166: `DE`, `NA` for Namibia"])
    case .currency:
      if let currency = CurrencyCode(text: text) { return .value(.currency(currency)) }
      report(
        TypePages.unknownCurrency, "`\(text)` is no currency code", at: span,
        help: CurrencyCode.nearest(to: text).prefix(2).map { "did you mean `\($0.text)`?" })
    case .lei:
      switch LegalEntityIdentifier.read(text.utf8) {
      case .success(let lei): return .value(.lei(lei))
      case .failure(let failure):
        report(
          TypePages.badIdentifier, "`\(text)` is no legal entity identifier: \(failure)",
          at: span, help: ["an LEI has 18 letters and digits and two check digits"])
      }
    case .nace:
      if let code = NaceCode(text: text) { return .value(.nace(code)) }
      report(
        TypePages.unknownActivity, "`\(text)` is no NACE Rev. 2 code", at: span,
        help: NaceCode.nearest(to: text).map { ["did you mean `\($0.text)` (\($0.sectionTitle))?"] }
          ?? ["write a section, division, group or class: `D`, `\"35\"`, `\"35.1\"`, `\"35.11\"`"])
    case .enumeration(let id):
      let enumeration = enumerations[id.index]
      if let member = position(of: text, in: id) { return .value(.member(member)) }
      reportMember(text, of: enumeration, at: span)
    case .date, .event:
      if let date = CalendarDate(iso: text) { return .value(.date(date)) }
      return .notACode
    case .period:
      if let period = Period(text: text) { return .value(.period(period)) }
      return .notACode
    case .text: return .value(.text(text))
    default: return .notACode
    }
    return .refused
  }

  /// Reports a name that is no member of the type wanted here.
  func reportMember(_ text: String, of enumeration: Enumeration, at span: SourceSpan) {
    let shown = enumeration.members.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    report(
      TypePages.unknownMember, "`\(text)` is no member of `\(enumeration.name)`", at: span,
      also: [LabelledSpan(enumeration.span, "the members are declared here")],
      help: suggestion(for: text, among: enumeration.members) + ["the members are \(shown)"])
  }
}
