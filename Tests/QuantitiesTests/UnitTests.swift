// Units: conversion, dimensions, compound symbols, refusals, declarations, currencies.

import ProvisoQuantities
import Testing

@Suite struct UnitTests {
  private let catalogue = UnitCatalogue.standard

  private func unit(_ symbol: String) throws -> Unit { try catalogue.read(symbol).get() }

  @Test(arguments: [
    ("t", "kg", "1000"), ("kt", "t", "1000"), ("Mt", "t", "1000000"), ("g", "kg", "0.001"),
    ("tCO2", "gCO2", "1000000"), ("MtCO2e", "tCO2e", "1000000"), ("kWh", "J", "3600000"),
    ("MWh", "kWh", "1000"), ("GJ", "MWh", "5/18"), ("TWh", "GWh", "1000"),
    ("km", "m", "1000"), ("ha", "m2", "10000"), ("km2", "ha", "100"), ("m3", "l", "1000"),
    ("h", "min", "60"), ("min", "s", "60"), ("%", "bps", "100"), ("bps", "%", "0.01"),
    ("gCO2e/kWh", "tCO2e/GWh", "1"), ("kg/m2", "t/ha", "10"), ("kW*h", "kWh", "1"),
    ("pkm", "persons*km", "1"), ("tkm", "t*km", "1"), ("count", "%", "100"),
    ("EUR/m2/h", "EUR/h/m2", "1"), ("km*km", "km2", "1"), ("1/h", "1/min", "1/60"),
  ])
  func unitsOfOneDimensionConvertExactly(
    _ from: String, _ to: String, _ factor: String
  ) throws {
    let expected = try #require(Fraction(exactText: factor))
    #expect(try unit(from).factor(to: unit(to)) == expected)
    #expect(try unit(to).factor(to: unit(from)) == expected.reciprocal())
  }

  @Test(arguments: [
    ("tCO2", "tCO2e"), ("t", "tCO2"), ("FTE", "persons"), ("EUR", "DKK"), ("persons", "dwellings"),
    ("kWh", "kW"), ("EUR/tCO2e", "EUR/tCO2"), ("m2", "m3"), ("EUR", "count"), ("FTE", "count"),
    ("gCO2e/kWh", "kWh/gCO2e"),
  ])
  func unitsOfTwoDimensionsNeverConvert(_ from: String, _ to: String) throws {
    #expect(try unit(from).factor(to: unit(to)) == nil)
    let words = try describeDifference(between: unit(from), and: unit(to))
    #expect(words.left != words.right)
  }

  @Test func numbersBecomeCoherentValuesAndBack() throws {
    let kilowattHours = try unit("kWh")
    #expect(try kilowattHours.value(of: Fraction(2)) == Fraction(7_200_000))
    #expect(try kilowattHours.number(of: Fraction(7_200_000)) == Fraction(2))
    #expect(try Unit.percent.value(of: Fraction(-25)).description == "-0.25")
    #expect(try Unit.basisPoints.value(of: .zero) == .zero)
    #expect(Unit.percent.isPercentLike && Unit.basisPoints.isPercentLike)
    #expect(!Unit.one.isPercentLike && !Unit.count.isPercentLike)
  }

  @Test(arguments: ["C", "degC", "°C", "F", "degF"])
  func unitsWithAnOffsetAreRefusedAsSuch(_ symbol: String) {
    #expect(catalogue.read(symbol) == .failure(.offset(symbol: symbol)))
    #expect(catalogue.read("EUR/\(symbol)") == .failure(.offset(symbol: symbol)))
    #expect(throws: UnitDeclarationFailure.refused(.offset(symbol: "C"))) {
      try catalogue.adding(declared: "C", .newBase)
    }
  }

  @Test func otherRefusalsSayWhatIsWrong() throws {
    guard case .failure(.unknown("kwh", let nearest)) = catalogue.read("gCO2e/kwh") else {
      Issue.record("kwh was read")
      return
    }
    #expect(nearest.first == "kWh")
    #expect(catalogue.read("") == .failure(.malformed(symbol: "")))
    #expect(catalogue.read("EUR//t") == .failure(.malformed(symbol: "EUR//t")))
    #expect(catalogue.read("EUR/") == .failure(.malformed(symbol: "EUR/")))
    #expect(catalogue.read("/t") == .failure(.malformed(symbol: "/t")))
    #expect(catalogue.read("EUR/%") == .failure(.malformed(symbol: "EUR/%")))
    let long = Array(repeating: "m", count: 9).joined(separator: "*")
    #expect(catalogue.read(long) == .failure(.tooLong(symbol: long)))
    #expect(catalogue.unit(named: "eur") == nil)
    #expect(catalogue.nearestNames(to: "tCO2E").first == "tCO2e")
    #expect(catalogue.nearestNames(to: "zzzzzzzz").isEmpty)
  }

  @Test func rulesetsDeclareBasesAndMultiples() throws {
    var declared = try catalogue.adding(declared: "beds", .newBase)
    declared = try declared.adding(
      declared: "wards", .multiple(Fraction(30), of: "beds"))
    let wards = try declared.read("wards").get()
    #expect(try wards.factor(to: declared.read("beds").get()) == Fraction(30))
    #expect(try wards.factor(to: unit("persons")) == nil)
    #expect(declared.unit(named: "EUR/beds")?.dimension.words == "money in EUR per beds")
    #expect(catalogue.unit(named: "beds") == nil)
    #expect(throws: UnitDeclarationFailure.alreadyDeclared(name: "kg")) {
      try declared.adding(declared: "kg", .newBase)
    }
    #expect(throws: UnitDeclarationFailure.alreadyDeclared(name: "EUR")) {
      try declared.adding(declared: "EUR", .newBase)
    }
    for name in ["kg/ha", "2x", "", "a b", "%%"] {
      #expect(throws: UnitDeclarationFailure.invalidName(name: name)) {
        try declared.adding(declared: name, .newBase)
      }
    }
    #expect(throws: UnitDeclarationFailure.scaleOutOfRange(name: "none")) {
      try declared.adding(declared: "none", .multiple(.zero, of: "kg"))
    }
    #expect(throws: UnitDeclarationFailure.self) {
      try declared.adding(declared: "odd", .multiple(.one, of: "nothing"))
    }
  }

  @Test func dimensionsMultiplyAndStayBounded() throws {
    let metre = Dimension(base: "m")
    let second = Dimension(base: "s")
    #expect(try metre.multiplied(by: second) == second.multiplied(by: metre))
    #expect(try metre.divided(by: metre) == .none)
    #expect(try metre.divided(by: second).raised(to: -1) == second.divided(by: metre))
    #expect(try metre.raised(to: 0) == .none)
    #expect(try metre.raised(to: 2).divided(by: second).description == "m2/s")
    #expect(throws: ArithmeticFailure.dimensionTooLarge) { try metre.raised(to: 65) }
    #expect(throws: ArithmeticFailure.dimensionTooLarge) {
      try metre.raised(to: 2).raised(to: .max)
    }
    #expect(throws: ArithmeticFailure.dimensionTooLarge) {
      try metre.raised(to: 64).multiplied(by: metre)
    }
  }

  @Test func computedDimensionsHaveACustomaryUnit() throws {
    #expect(try unit("gCO2e/J").dimension.customaryUnit.symbol == "tCO2e/kWh")
    #expect(try unit("EUR/kg").dimension.customaryUnit.symbol == "EUR/t")
    #expect(try unit("ha").dimension.customaryUnit.symbol == "m2")
    #expect(Dimension.none.customaryUnit.symbol == "")
    for symbol in ["EUR/tCO2e", "kWh", "kg/m2", "gCO2e/pkm", "1/h", "l", "MW"] {
      let customary = try unit(symbol).dimension.customaryUnit
      #expect(try catalogue.read(customary.symbol).get() == customary)
    }
  }

  @Test func everyCurrencyIsAUnit() throws {
    #expect(CurrencyCode.all.count == Set(CurrencyCode.all).count)
    #expect(CurrencyCode.all == CurrencyCode.all.sorted())
    for code in CurrencyCode.all {
      #expect(CurrencyCode(text: code.text) == code)
      #expect(try unit(code.text).currencyCode == code.text)
    }
    #expect(try unit("EUR/tCO2e").currencyCode == nil)
    #expect(try unit("FTE").currencyCode == nil)
    #expect(Unit.one.currencyCode == nil)
  }
}
