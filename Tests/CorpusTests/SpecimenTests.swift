// Every specimen prints what it says it prints, and every good ruleset prints nothing.

import Foundation
import ProvisoChecker
import ProvisoSource
import ProvisoSyntax
import Testing

@Suite struct SpecimenTests {
  @Test(arguments: Specimen.all(in: "bad"))
  func `a specimen raises its code and prints its text`(_ specimen: Specimen) throws {
    let result = try specimen.checked()
    let printed = specimen.printed(result)
    #expect(Set(result.diagnostics.map(\.code.rawValue)) == [specimen.code ?? ""])
    let isWarning = specimen.code?.hasPrefix("W") == true
    #expect((result.ruleset == nil) == !isWarning)
    if Specimen.isUpdating {
      try specimen.update(printed)
    } else {
      #expect(printed == (try specimen.contents().expected))
    }
  }

  @Test(arguments: Specimen.all(in: "good"))
  func `a good ruleset checks clean`(_ specimen: Specimen) throws {
    let result = try specimen.checked()
    #expect(specimen.printed(result) == "")
    #expect(result.ruleset != nil)
  }

  @Test func `every code has a specimen, and every specimen a code`() {
    let codes = (SyntaxDiagnostics.pages + CheckerDiagnostics.pages).map(\.code.rawValue)
    let specimens =
      Specimen.all(in: "bad").compactMap(\.code) + EditionSpecimen.all.map(\.code)
    #expect(Set(specimens).subtracting(codes).sorted() == [])
    #expect(Set(codes).subtracting(specimens).sorted() == [])
  }

  @Test func `checking twice prints the same bytes`() throws {
    for specimen in Specimen.all(in: "bad") + Specimen.all(in: "good") {
      let once = specimen.printed(try specimen.checked())
      #expect(once == specimen.printed(try specimen.checked()))
    }
  }
}
