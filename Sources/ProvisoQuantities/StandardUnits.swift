// The units every ruleset has besides the currencies: mass, greenhouse gases, energy, space, time,
// people.

/// A standard unit as the table below states it.
private struct StandardUnit {
  let symbol: String
  let dimension: Dimension
  let numerator: Int64
  let denominator: Int64

  init(_ symbol: String, _ dimension: Dimension, _ numerator: Int64, over denominator: Int64 = 1) {
    self.symbol = symbol
    self.dimension = dimension
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// Every standard unit that is no currency, with the symbols that name it.
///
/// Coherent units are g, gCO2, gCO2e, J, m, s and each countable thing itself.
/// Scales are those of the SI brochure (9th edition), tables 7 and 8: 1 t = 1,000,000 g,
/// 1 ha = 10,000 m2, 1 l = 1/1000 m3, 1 h = 3,600 s, so 1 kWh = 3,600,000 J.
func standardUnits() -> [(symbol: String, unit: Unit)] {
  var units: [(symbol: String, unit: Unit)] = [
    ("%", .percent), ("percent", .percent), ("bps", .basisPoints),
    ("percentage points", .percentagePoints), ("count", .count),
  ]
  for entry in masses() + energies() + spaces() + timesAndPeople() {
    guard let scale = try? Fraction(numerator: entry.numerator, denominator: entry.denominator)
    else { continue }
    let unit = Unit(symbol: entry.symbol, dimension: entry.dimension, scale: scale)
    units.append((entry.symbol, unit))
  }
  return units
}

/// Grams and their multiples, of mass and of the two ways to weigh greenhouse gases.
///
/// `CO2` and `CO2e` are different bases: the second counts other gases by their warming, and no
/// factor turns one into the other.
private func masses() -> [StandardUnit] {
  let prefixes: [(prefix: String, scale: Int64)] = [
    ("g", 1), ("kg", 1_000), ("t", 1_000_000), ("kt", 1_000_000_000), ("Mt", 1_000_000_000_000),
    ("Gt", 1_000_000_000_000_000),
  ]
  return ["", "CO2", "CO2e"].flatMap { substance in
    prefixes.map {
      StandardUnit($0.prefix + substance, Dimension(base: "g" + substance), $0.scale)
    }
  } + [StandardUnit("mg", Dimension(base: "g"), 1, over: 1_000)]
}

/// Energy, and power as energy per second.
private func energies() -> [StandardUnit] {
  let energy = Dimension(base: "J")
  let power = quotient(energy, Dimension(base: "s"))
  return [
    StandardUnit("J", energy, 1), StandardUnit("kJ", energy, 1_000),
    StandardUnit("MJ", energy, 1_000_000), StandardUnit("GJ", energy, 1_000_000_000),
    StandardUnit("TJ", energy, 1_000_000_000_000),
    StandardUnit("PJ", energy, 1_000_000_000_000_000),
    StandardUnit("Wh", energy, 3_600), StandardUnit("kWh", energy, 3_600_000),
    StandardUnit("MWh", energy, 3_600_000_000), StandardUnit("GWh", energy, 3_600_000_000_000),
    StandardUnit("TWh", energy, 3_600_000_000_000_000),
    StandardUnit("W", power, 1), StandardUnit("kW", power, 1_000),
    StandardUnit("MW", power, 1_000_000), StandardUnit("GW", power, 1_000_000_000),
  ]
}

/// Length, area, volume, and the two measures of transport work.
private func spaces() -> [StandardUnit] {
  let length = Dimension(base: "m")
  let area = product(length, length)
  let volume = product(area, length)
  return [
    StandardUnit("m", length, 1), StandardUnit("km", length, 1_000),
    StandardUnit("m2", area, 1), StandardUnit("km2", area, 1_000_000),
    StandardUnit("ha", area, 10_000),
    StandardUnit("m3", volume, 1), StandardUnit("l", volume, 1, over: 1_000),
    StandardUnit("pkm", product(Dimension(base: "persons"), length), 1_000),
    StandardUnit("tkm", product(Dimension(base: "g"), length), 1_000_000_000),
  ]
}

/// Physical time, which calendar months and years are not, and things that are counted.
private func timesAndPeople() -> [StandardUnit] {
  let time = Dimension(base: "s")
  return [
    StandardUnit("s", time, 1), StandardUnit("min", time, 60), StandardUnit("h", time, 3_600),
    StandardUnit("FTE", Dimension(base: "FTE"), 1),
    StandardUnit("persons", Dimension(base: "persons"), 1),
    StandardUnit("dwellings", Dimension(base: "dwellings"), 1),
  ]
}

/// The product of two of the small dimensions above.
private func product(_ left: Dimension, _ right: Dimension) -> Dimension {
  (try? left.multiplied(by: right)) ?? .none
}

/// The quotient of two of the small dimensions above.
private func quotient(_ left: Dimension, _ right: Dimension) -> Dimension {
  (try? left.divided(by: right)) ?? .none
}
