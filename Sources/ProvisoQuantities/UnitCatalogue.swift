// The catalogue of units a ruleset may use: the standard ones, all currencies, its own.

/// Why a unit's text names no unit.
package enum UnitRefusal: Error, Hashable, Sendable {
  /// A unit whose zero is not nothing, so that no factor converts it: `degC`.
  case offset(symbol: String)
  /// A name nobody declared, with the nearest known names: `kwh`.
  case unknown(symbol: String, nearest: [String])
  /// Text that is no product or quotient of units: `EUR//t`, `t/%`.
  case malformed(symbol: String)
  /// More than eight factors, or a scale past the bit limit.
  case tooLong(symbol: String)
}

/// Why a unit cannot be declared.
package enum UnitDeclarationFailure: Error, Hashable, Sendable {
  /// A name that already is a unit: `unit kg`.
  case alreadyDeclared(name: String)
  /// A name that cannot be written as a unit: `kg/ha`, `2x`.
  case invalidName(name: String)
  /// The unit it is a multiple of is refused.
  case refused(UnitRefusal)
  /// A multiple that is zero or negative, or past the bit limit.
  case scaleOutOfRange(name: String)
}

/// What a declared unit stands for.
package enum UnitMeaning: Hashable, Sendable {
  /// A dimension of its own, such as `beds`.
  case newBase
  /// A multiple of another unit, such as `dozen` = 12 `count`.
  case multiple(Fraction, of: String)
}

/// Units by symbol.
package struct UnitCatalogue: Sendable {
  /// All units but the currencies. Lookup only; nothing is ever listed in its order.
  private var units: [String: Unit]

  /// The standard units and every currency.
  package static let standard = UnitCatalogue(units: standardUnits())

  private init(units: [(symbol: String, unit: Unit)]) {
    self.units = Dictionary(
      units.map { ($0.symbol, $0.unit) }, uniquingKeysWith: { first, _ in first })
  }

  /// Every symbol, sorted.
  package var symbols: [String] { (units.keys + CurrencyCode.all.map(\.text)).sorted() }

  /// The unit of a simple symbol. Currencies are many, and a ruleset uses few of them: each is made
  /// when it is asked for.
  private func known(_ symbol: String) -> Unit? {
    if let unit = units[symbol] { return unit }
    guard CurrencyCode(text: symbol) != nil else { return nil }
    return Unit(symbol: symbol, dimension: Dimension(base: symbol), scale: .one)
  }

  /// Symbols of temperature scales, whose zero is not nothing.
  private static let offsetSymbols = [
    "C", "F", "degC", "degF", "°C", "°F", "celsius", "fahrenheit",
  ]

  /// The most factors of a compound unit.
  private static var factorLimit: Int { 8 }

  /// The unit of a symbol, simple or compound; nil when it is refused.
  package func unit(named symbol: String) -> Unit? {
    try? read(symbol).get()
  }

  /// The unit of a symbol, or why there is none.
  ///
  /// A compound unit is written without spaces: `gCO2e/kWh`, `EUR/tCO2e`, `FTE*h`. Operators read
  /// from left to right, so `a/b/c` is `a/(b*c)` and `a/b*c` is `(a/b)*c`.
  package func read(_ symbol: String) -> Result<Unit, UnitRefusal> {
    if let unit = known(symbol) { return .success(unit) }
    do {
      return .success(try compound(symbol))
    } catch {
      return .failure(error)
    }
  }

  /// The product or quotient a compound symbol writes.
  private func compound(_ symbol: String) throws(UnitRefusal) -> Unit {
    let isOperator = { (byte: UInt8) in byte == UInt8(ascii: "/") || byte == UInt8(ascii: "*") }
    let names = symbol.utf8.split(
      maxSplits: Self.factorLimit, omittingEmptySubsequences: false, whereSeparator: isOperator)
    guard names.count <= Self.factorLimit else { throw .tooLong(symbol: symbol) }
    let operators = [UInt8(ascii: "*")] + symbol.utf8.filter(isOperator)
    var dimension = Dimension.none
    var scale = Fraction.one
    for (name, sign) in zip(names, operators) {
      let part = try simple(String(Substring(name)), within: symbol)
      do {
        if sign == UInt8(ascii: "*") {
          dimension = try dimension.multiplied(by: part.dimension)
          scale = try scale * part.scale
        } else {
          dimension = try dimension.divided(by: part.dimension)
          scale = try scale / part.scale
        }
      } catch {
        throw .tooLong(symbol: symbol)
      }
    }
    return Unit(symbol: symbol, dimension: dimension, scale: scale)
  }

  /// One factor of a symbol.
  private func simple(_ name: String, within symbol: String) throws(UnitRefusal) -> Unit {
    if Self.offsetSymbols.contains(name) { throw .offset(symbol: name) }
    if name == "1" && symbol.hasPrefix("1/") { return .one }
    guard !name.isEmpty else { throw .malformed(symbol: symbol) }
    guard let unit = known(name) else {
      throw .unknown(symbol: name, nearest: nearestNames(to: name))
    }
    guard !unit.isPercentLike else { throw .malformed(symbol: symbol) }
    return unit
  }

  /// The known symbols nearest to a misspelt one, nearest first.
  package func nearestNames(to name: String) -> [String] {
    ProvisoQuantities.nearestNames(to: name, among: symbols)
  }

  /// A catalogue with one more unit.
  package func adding(
    declared name: String, _ meaning: UnitMeaning
  ) throws(UnitDeclarationFailure) -> UnitCatalogue {
    guard known(name) == nil else { throw .alreadyDeclared(name: name) }
    guard Self.isUnitName(name) else { throw .invalidName(name: name) }
    if Self.offsetSymbols.contains(name) { throw .refused(.offset(symbol: name)) }
    let unit: Unit
    switch meaning {
    case .newBase:
      unit = Unit(symbol: name, dimension: Dimension(base: name), scale: .one)
    case .multiple(let factor, let other):
      switch read(other) {
      case .failure(let refusal): throw .refused(refusal)
      case .success(let base):
        guard factor.sign > 0, let scale = try? base.scale * factor else {
          throw .scaleOutOfRange(name: name)
        }
        unit = Unit(symbol: name, dimension: base.dimension, scale: scale)
      }
    }
    var extended = self
    extended.units[name] = unit
    return extended
  }

  /// Whether text can stand as a unit's name: a letter, then letters, digits and `_`.
  private static func isUnitName(_ name: String) -> Bool {
    guard name.utf8.count <= 64, let first = name.unicodeScalars.first else { return false }
    return first.properties.isAlphabetic
      && name.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0)
      }
  }
}
