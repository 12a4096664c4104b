// Code lists: countries, currencies, legal entity identifiers and activities.

import ProvisoQuantities
import Testing

@Suite struct CodeListTests {
  @Test func countriesAreThoseOfTheStandard() throws {
    #expect(CountryCode.all.count == 249)
    #expect(CountryCode.all == CountryCode.all.sorted())
    #expect(Set(CountryCode.all.map(\.alpha3)).count == 249)
    for code in CountryCode.all {
      #expect(CountryCode(text: code.text) == code)
      #expect(!code.name.isEmpty)
    }
    #expect(CountryCode(text: "NA")?.name == "Namibia")
    #expect(CountryCode(text: "NO")?.name == "Norway")
    #expect(CountryCode(text: "PA")?.alpha3 == "PAN")
    for text in ["XX", "dk", "DNK", "", "D", "UK", "EL", "D1", "É", "EU"] {
      #expect(CountryCode(text: text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    ("UK", "GB"), ("EL", "GR"), ("US-DE", "US"), ("dk", "DK"), ("DNK", "DK"), ("denmark", "DK"),
    ("us-ca", "US"),
  ])
  func wrongCountriesPointAtTheRightOne(_ text: String, _ meant: String) {
    #expect(CountryCode.nearest(to: text)?.text == meant)
  }

  @Test func nothingPointsAtNoCountry() {
    #expect(CountryCode.nearest(to: "XX") == nil)
    #expect(CountryCode.nearest(to: "") == nil)
    #expect(CountryCode.nearest(to: "-") == nil)
  }

  @Test func currenciesHaveTheirMinorUnits() throws {
    #expect(CurrencyCode(text: "EUR")?.minorDigits == 2)
    #expect(CurrencyCode(text: "JPY")?.minorDigits == 0)
    #expect(CurrencyCode(text: "KWD")?.minorDigits == 3)
    #expect(CurrencyCode(text: "UYW")?.minorDigits == 4)
    #expect(CurrencyCode(text: "EUR")?.minorUnit?.description == "0.01")
    #expect(CurrencyCode(text: "JPY")?.minorUnit == .one)
    let gold = try #require(CurrencyCode(text: "XAU"))
    #expect(gold.minorDigits == nil && gold.minorUnit == nil)
    #expect(CurrencyCode(text: "TRY")?.isWithdrawn == false)
    #expect(CurrencyCode(text: "HRK")?.isWithdrawn == true)
    for text in ["", "eur", "EU", "EURO", "FTE", "ZZZ", "E€"] {
      #expect(CurrencyCode(text: text) == nil, "\(text)")
    }
    #expect(CurrencyCode.nearest(to: "euro").map(\.text) == ["EUR"])
    #expect(CurrencyCode.nearest(to: "eur").first?.text == "EUR")
    #expect(CurrencyCode.nearest(to: "something else").isEmpty)
  }

  // Identifiers of registered entities, published in the global index.
  @Test(arguments: [
    "506700GE1G29325QX363", "5493001KJTIIGC8Y1R12", "7LTWFZYICNSX8D621K86",
    "HWUPKR0MPOU8FGXBT394", "INR2EJN1ERAN0W5ZP974",
  ])
  func publishedIdentifiersAreAccepted(_ text: String) throws {
    let identifier = try #require(LegalEntityIdentifier(text: text))
    #expect(identifier.text == text)
    var bytes = Array(text.utf8)
    // One digit or letter changed for another is caught by the check digits.
    for offset in bytes.indices {
      let original = bytes[offset]
      let isDigit = original <= UInt8(ascii: "9")
      let replacement = isDigit ? UInt8(ascii: "5") : UInt8(ascii: "Q")
      bytes[offset] = original == replacement ? replacement + 1 : replacement
      let changed = String(decoding: bytes, as: UTF8.self)
      #expect(LegalEntityIdentifier(text: changed) == nil, "\(changed)")
      bytes[offset] = original
    }
  }

  @Test func identifiersNeedNoWiderAlignmentThanAWord() {
    // Wider, and unoptimised code reads a misaligned stack slot when it takes a value that may
    // hold an identifier apart: the first look into a dated list crashed.
    #expect(MemoryLayout<LegalEntityIdentifier>.alignment <= MemoryLayout<Int>.alignment)
    #expect(MemoryLayout<LegalEntityIdentifier>.size == 16)
  }

  @Test func wrongIdentifiersSayWhatIsWrong() {
    func failure(_ text: String) -> LegalEntityIdentifierFailure? {
      guard case .failure(let failure) = LegalEntityIdentifier.read(text.utf8) else { return nil }
      return failure
    }
    #expect(failure("") == .wrongLength(0))
    #expect(failure("5493001KJTIIGC8Y1R1") == .wrongLength(19))
    #expect(failure("5493001KJTIIGC8Y1R21") == .wrongCheckDigits(expected: "12"))
    #expect(failure("5493001kJTIIGC8Y1R12") == .wrongCharacter(offset: 7))
    #expect(failure("5493001KJTIIGC8Y1R1A") == .wrongCharacter(offset: 19))
    #expect(failure("ZZZZZZZZZZZZZZZZZZ00") != nil)
  }

  @Test func activitiesAreThoseOfTheRegulation() {
    let codes = NaceCode.all
    #expect(codes.count == 996)
    #expect(codes.filter { $0.level == .section }.count == 21)
    #expect(codes.filter { $0.level == .division }.count == 88)
    #expect(codes.filter { $0.level == .group }.count == 272)
    #expect(codes.filter { $0.level == .activityClass }.count == 615)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == 996)
    for code in codes {
      #expect(NaceCode(text: code.text) == code)
      if code.level != .section {
        #expect(NaceCode(text: code.section.text + code.text) == code)
        #expect(code.parent?.contains(code) == true)
        #expect(!code.contains(code.section))
      }
      #expect(code.section.contains(code) && code.contains(code))
      #expect(!code.sectionTitle.isEmpty)
    }
  }

  @Test func activitiesAreReadWithOrWithoutTheirSection() throws {
    let electricity = try #require(NaceCode(text: "35.11"))
    #expect(NaceCode(text: "D35.11") == electricity)
    #expect(electricity.section.text == "D")
    #expect(
      electricity.sectionTitle == "Electricity, gas, steam and air conditioning supply")
    #expect(NaceCode(text: "01.11")?.section.text == "A")
    #expect(NaceCode(text: "11.01")?.text == "11.01")
    #expect(NaceCode(text: "B")?.contains(electricity) == false)
    #expect(NaceCode(text: "35.1")?.contains(electricity) == true)
    for text in ["", "V", "d", "A35.11", "35.", "35.1.1", "3511", "04", "35.99", "35.0", "00", "5"]
    {
      #expect(NaceCode(text: text) == nil, "\(text)")
    }
    #expect(NaceCode.nearest(to: "3511") == electricity)
    #expect(NaceCode.nearest(to: "A35.11") == electricity)
    #expect(NaceCode.nearest(to: "d")?.text == "D")
    #expect(NaceCode.nearest(to: "35.99")?.text == "35")
    #expect(NaceCode.nearest(to: "35.0")?.text == "35")
    #expect(NaceCode.nearest(to: "nothing") == nil)
  }

  @Test func nearestNamesAreDeterministicAndBounded() {
    #expect(editDistance("emisions", "emissions", limit: 3) == 1)
    #expect(editDistance("amuont", "amount", limit: 3) == 1)
    #expect(editDistance("abc", "xyz", limit: 2) == nil)
    #expect(editDistance("", "ab", limit: 2) == 2)
    #expect(editDistance(String(repeating: "a", count: 65), "a", limit: 100) == nil)
    let names = ["amounts", "count", "Amount", "mount"]
    #expect(nearestNames(to: "amount", among: names) == ["Amount", "amounts", "mount"])
    #expect(nearestNames(to: "amount", among: names.reversed(), atMost: 1) == ["Amount"])
    #expect(nearestNames(to: "zz", among: names).isEmpty)
  }
}
