// Scenarios: what stands behind a year is an outcome, never the unit of a number.

import ProvisoSource
import ProvisoSyntax
import Testing

@Suite("Scenarios")
struct ScenarioParsingTests {
  @Test(
    "an outcome behind a year is no unit",
    arguments: [
      "met", "breached", "undetermined", "pending", "exempt", "cured", "waived", "in cure",
      "not applicable",
    ])
  func outcomeBehindYear(outcome: String) {
    let text = """
      scenario "one year" {
        as of  2026-12-31
        expect k at 2024 \(outcome), k at 2025 met
      }
      """
    let file = SourceFile(name: "years.proviso", text: text)
    #expect(parse(file).diagnostics.rendered(in: SourceFiles([file])) == "")
  }
}
