// Units as written: declarations, literals, and what is refused about them.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// Declares the ruleset's own units, in the order written.
  func checkUnits() {
    for case .unit(let node) in declarations where !node.name.isMissing {
      var meaning = UnitMeaning.newBase
      if let definition = node.definition {
        guard let number = number(of: definition) else { continue }
        guard let unit = definition.unit else {
          report(
            UnitPages.badDeclaration, "`\(node.name.text)` equals a number without a unit",
            at: definition.span,
            help: ["write `unit \(node.name.text) = \(definition.text) t`, or leave the rest out"])
          continue
        }
        names.use(unit: unit.text)
        meaning = .multiple(number, of: unit.text)
      }
      do {
        units = try units.adding(declared: node.name.text, meaning)
        names.declare(unit: node.name.text, at: node.name.span)
      } catch {
        report(error, of: node)
      }
    }
  }

  private func report(_ failure: UnitDeclarationFailure, of node: UnitDeclarationSyntax) {
    let name = node.name.text
    switch failure {
    case .alreadyDeclared:
      report(
        UnitPages.badDeclaration, "`\(name)` is a unit already", at: node.name.span,
        help: ["choose another name, or use the unit there is"])
    case .invalidName:
      report(
        UnitPages.badDeclaration, "`\(name)` cannot be a unit's name", at: node.name.span,
        help: ["a unit's name is a letter followed by letters, digits and `_`"])
    case .scaleOutOfRange:
      report(
        UnitPages.badDeclaration, "one `\(name)` must be more than nothing",
        at: node.definition?.span ?? node.name.span)
    case .refused(let refusal):
      report(refusal, at: node.definition?.unit?.span ?? node.name.span)
    }
  }

  /// Reports a unit that is refused.
  func report(_ refusal: UnitRefusal, at span: SourceSpan) {
    switch refusal {
    case .offset(let symbol): reportOffset(symbol, at: span)
    case .unknown(let symbol, let nearest):
      report(
        UnitPages.unknownUnit, "`\(symbol)` is no unit", at: span,
        help: nearest.isEmpty
          ? ["declare it: `unit \(symbol)`, or `unit \(symbol) = 1000 kg`"]
          : ["did you mean \(nearest.map { "`\($0)`" }.joined(separator: " or "))?"])
    case .malformed(let symbol):
      report(
        UnitPages.unknownUnit, "`\(symbol)` is no product or quotient of units", at: span,
        help: ["a compound unit has no spaces: `EUR/tCO2e`, `FTE*h`"])
    case .tooLong(let symbol):
      report(
        UnitPages.unknownUnit, "the unit `\(symbol)` has too many factors", at: span,
        help: ["a compound unit has at most eight factors"])
    }
  }

  /// Reports a unit whose zero is not nothing.
  func reportOffset(_ symbol: String, at span: SourceSpan) {
    report(
      UnitPages.offsetUnit, "`\(symbol)` has a zero of its own and is refused", at: span,
      "no factor converts it",
      help: ["state a difference of temperatures in a unit of your own: `unit kelvin`"])
  }

  /// The number of a literal, its scale word included; nil after a report.
  func number(of node: NumberSyntax) -> Fraction? {
    switch Fraction.parse(decimal: node.text.utf8, underscoresAllowed: true) {
    case .failure(let failure):
      report(
        UnitPages.badNumber, "`\(node.text)`: \(failure)", at: node.span,
        help: help(failure, node))
      return nil
    case .success(let number):
      guard let word = node.scaleWord else { return number }
      guard let power = try? Fraction(10).power(word.exponent),
        let product = try? number * power
      else { return nil }
      return product
    }
  }

  /// What to write for a number that cannot be read.
  private func help(_ failure: DecimalTextFailure, _ node: NumberSyntax) -> [String] {
    guard case .leadingZero = failure else { return [] }
    let digits = node.text.drop { $0 == "0" || $0 == "_" }
    let number = digits.first?.isNumber == true ? String(digits) : "0\(digits)"
    // `[5,000]` is a list of two.
    let maySplit = !node.unitStandsBefore && node.text.prefix { $0 != "." }.count == 3
    return ["write `\(number)`"]
      + (maySplit ? ["thousands have no comma: `5000` or `5_000`, not `5,000`"] : [])
  }

  /// A number literal as it is meant where a type is expected: a year, an amount, a percentage.
  func literal(_ node: NumberSyntax, expecting expected: ValueType?) -> ExpressionID {
    guard let number = number(of: node) else { return unresolved(node.span) }
    guard let unit = node.unit else {
      if case .period = expected, node.scaleWord == nil,
        let year = number.wholeValue, let period = Period(year: year)
      {
        return add(.literal(.period(period)), .period(.year), node.span)
      }
      return add(
        .literal(.quantity(number)), number.isWhole ? .wholeNumber : .quantity(.one), node.span)
    }
    switch units.read(unit.text) {
    case .failure(let refusal):
      report(refusal, at: unit.span)
      return unresolved(node.span)
    case .success(let found):
      names.use(unit: unit.text)
      guard let value = try? found.value(of: number) else {
        report(UnitPages.badNumber, "this number is too long", at: node.span)
        return unresolved(node.span)
      }
      if expected == .money, let code = found.currencyCode.flatMap(CurrencyCode.init(text:)) {
        return add(.literal(.money(value, code)), .money, node.span)
      }
      if found == .count, number.isWhole {
        return add(.literal(.quantity(value)), .wholeNumber, node.span)
      }
      return add(.literal(.quantity(value)), .quantity(found), node.span)
    }
  }

  /// A bare `0`, which fits any unit.
  func isBareZero(_ id: ExpressionID) -> Bool {
    guard case .literal(.quantity(let value)) = self[id].kind, value.isZero else { return false }
    switch type(of: id) {
    case .wholeNumber, .quantity(.one): return true
    default: return false
    }
  }

  /// A literal amount in one currency as money; false when the expression is something else.
  func becomesMoney(_ id: ExpressionID) -> Bool {
    guard case .literal(.quantity(let value)) = self[id].kind,
      case .quantity(let unit) = type(of: id),
      let code = unit.currencyCode.flatMap(CurrencyCode.init(text:))
    else { return false }
    arena[id.index] = Expression(
      kind: .literal(.money(value, code)), type: .money, span: self[id].span)
    return true
  }
}
