// Hostile text from rulesets and contracts: harmless in every output.

import Foundation
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import Testing

private let hostileNames = [
  "\u{1B}[2J\u{1B}]0;owned\u{07}", "</script><script>alert(1)</script>", "\u{202E}evil\u{2066}",
  "\"quoted\" 'single' `tick` ``two``", "a\nb\rc\td", "]]> <!-- &amp; -->",
  "|x| **b** [l](http://e)",
  String(repeating: "long", count: 100_000), "\u{9B}31m", "\u{0}", "\u{FFFE}\u{FEFF}", "",
]

/// Scalars that may stand in no output but for line ends and, where asked for, colour.
private func isClean(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy { scalar in
    switch scalar.value {
    case 0x0A: true
    case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029,
      0xFEFF, 0xFFFE:
      false
    default: true
    }
  }
}

private func explanation(named name: String) -> Explanation {
  var sample = Sample()
  let spell = Spell(from: day("2020-02-18"), until: nil)
  let verdict = ConditionVerdict(
    condition: sample.conditions["no_tax_haven"]!, outcome: .breached,
    tests: [
      sample.test(
        .breached, member: name,
        remarks: [.lateEvidence(kind: name, days: 2), .cureSpent(name)],
        requests: [Request(kind: .fact, subject: name, detail: name)],
        derivation: sample.taxHaven([(name, 25, "PA", spell)]))
    ],
    consequences: [
      ConsequenceResult(
        verb: .publish, object: name,
        amount: .unknown(ReasonSet(Reason(.missingFact, subject: name))),
        due: nil, test: 0, until: name, span: sample.file.span, derivation: nil)
    ])
  sample.ruleset.title = name
  return Explanation(
    verdict: ContractVerdict(
      contractID: name, asOf: Sample.asOf, knownAt: Sample.asOf, outcome: .breached,
      conditions: [verdict], determinations: [], laterFactCount: 0, undatedFactCount: 0),
    ruleset: sample.ruleset,
    identity: RulesetIdentity(name: name, version: name, digest: name), contractDigest: name)
}

@Suite struct HostileTextTests {
  @Test(arguments: hostileNames.indices) func noOutputCarriesIt(_ index: Int) throws {
    let name = hostileNames[index]
    let hostile = explanation(named: name)
    let text = hostile.text(TextOptions(isFull: true))
    let html = hostile.html()
    let json = hostile.json(includesDerivations: true)
    #expect(isClean(text))
    #expect(isClean(hostile.markdown()))
    #expect(isClean(html))
    #expect(isClean(json))
    #expect(text.utf8.count < 100_000)
    #expect(!html.contains("<script"))
    #expect(!json.contains("</script"))
    #expect(!json.contains("<!--"))
    let heading = hostile.markdown().prefix { $0 != "\n" }
    // Every bracket of either kind is escaped, so that neither a link nor an element begins.
    #expect(
      !heading.replacing("\\<", with: "").contains("<")
        && !heading.replacing("\\[", with: "").contains("["))
    let parsed = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let contract = parsed?["contract"] as? [String: Any]
    // A reader of the JSON gets the very name back.
    #expect((contract?["id"] as? String)?.unicodeScalars.elementsEqual(name.unicodeScalars) == true)
    let canonical = try JSONSerialization.jsonObject(with: Data(hostile.canonicalResult.utf8))
    #expect(canonical is [String: Any])
  }

  @Test func jUnitStaysValid() throws {
    let reports = [
      ScenarioReport(
        ruleset: "a<b>&\"c\".proviso",
        scenarios: hostileNames.map {
          ScenarioOutcome(
            title: $0, place: $0, failures: [ScenarioFailure(expected: $0, found: $0, place: $0)])
        } + [ScenarioOutcome(title: "fine", place: "x:1", failures: [])])
    ]
    let xml = scenarioJUnit(reports)
    let script = """
      import sys, xml.etree.ElementTree as tree
      root = tree.fromstring(sys.stdin.buffer.read())
      assert root.get('tests') == '13' and root.get('failures') == '12', root.attrib
      assert len(root.findall('./testsuite/testcase')) == 13
      assert len(root.findall('./testsuite/testcase/failure')) == 12
      """
    let (status, printed) = try python(script, input: xml)
    #expect(status == 0, "\(printed)")
    #expect(isClean(xml))
    #expect(isClean(scenarioText(reports)))
  }

  @Test func clausesOverSeveralLinesStandOnOne() {
    #expect(onOneLine("a  and # why\n   b = \"x  # y\"") == "a and b = \"x  # y\"")
    #expect(onOneLine("\"open\n b\"") == "\"open b\"")
    #expect(onOneLine("") == "")
  }

  @Test func scenarioText_tellsExpectedAndFound() {
    let reports = [
      ScenarioReport(
        ruleset: "rulesets/a.proviso",
        scenarios: [
          ScenarioOutcome(title: "Exactly 25% is caught", place: "a.proviso:10", failures: []),
          ScenarioOutcome(
            title: "A gap", place: "a.proviso:20",
            failures: [
              ScenarioFailure(
                expected: "`no_tax_haven` breached", found: "met", place: "a.proviso:24")
            ]),
        ]),
      ScenarioReport(ruleset: "rulesets/b.proviso", scenarios: []),
    ]
    expectSnapshot(scenarioText(reports), "scenarios.txt")
    expectSnapshot(scenarioJUnit(reports), "scenarios.xml")
  }
}
