// The canonical result: its bytes, its order, and what it leaves out.

import Foundation
import ProvisoModel
import ProvisoQuantities
import ProvisoReports
import ProvisoSource
import Testing

@Suite struct CanonicalResultTests {
  @Test func itsBytesAreHeld() {
    expectSnapshot(sampleExplanation().canonicalResult + "\n", "canonical.json")
  }

  /// The writer for portfolios gives the same bytes, whatever it wrote before.
  @Test func theFastWriterWritesTheSame() {
    let sample = Sample()
    let explanation = sampleExplanation()
    let identity = RulesetIdentity(name: "r", version: "1", digest: "sha256:0\"\u{1}")
    var writer = LeafWriter(sample.ruleset, identity: identity)
    for verdict in [explanation.verdict, odd, explanation.verdict] {
      writer.write(verdict, contractDigest: "sha256:12ab")
      let plain = Explanation(
        verdict: verdict, ruleset: sample.ruleset, identity: identity,
        contractDigest: "sha256:12ab")
      #expect(String(decoding: writer.bytes, as: UTF8.self) == plain.canonicalResult)
      #expect(writer.cuts == writer.cuts.sorted() && writer.cuts.last == writer.bytes.count)
    }
  }

  /// A verdict with names that need escapes, unknown amounts and positions that nothing has.
  private var odd: ContractVerdict {
    let sample = Sample()
    let reasons = ReasonSet([
      Reason(.mixedCurrencies, subject: "a\n\"b\\", detail: "EUR and DKK"),
      Reason(.mixedCurrencies, subject: "a\n\"b\\", detail: "DKK and EUR"),
      Reason(.missingFact, subject: "é\u{1F600}"),
    ])
    let span = SourceSpan(source: SourceID(0), start: 0, end: 0)
    return ContractVerdict(
      contractID: "C\u{7}\u{7F}", asOf: Sample.asOf, knownAt: Sample.asOf, outcome: .undetermined,
      conditions: [
        ConditionVerdict(
          condition: ConditionID(99), outcome: .undetermined,
          tests: [sample.test(.undetermined, reasons: reasons)],
          consequences: [
            ConsequenceResult(
              verb: .recall, object: "x\ty", amount: .unknown(reasons), due: nil, test: 0,
              until: nil, span: span, derivation: nil)
          ])
      ],
      determinations: [
        DeterminationResult(
          determination: 99, value: .unknown(reasons), exception: nil, requests: [],
          derivation: nil)
      ], laterFactCount: 0, undatedFactCount: 0)
  }

  @Test func itIsWhatAnotherImplementationWrites() throws {
    // For strings without lone surrogates, whole counts and ASCII keys, Python's encoder with
    // sorted keys and no blanks gives RFC 8785's form.
    let script = """
      import json, sys
      text = sys.stdin.buffer.read().decode()
      value = json.loads(text)
      again = json.dumps(value, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
      sys.exit(0 if again == text else 'differs: ' + again)
      """
    let (status, printed) = try python(script, input: sampleExplanation().canonicalResult)
    #expect(status == 0, "\(printed)")
  }

  @Test func derivationsAndWordingAreNoPartOfIt() {
    #expect(
      sampleExplanation(withDerivations: true).canonicalResult
        == sampleExplanation(withDerivations: false).canonicalResult)
    let text = sampleExplanation().canonicalResult
    for absent in ["sentence", "title", "derivation", "Holdco", "detail", "Short by"] {
      #expect(!text.contains(absent))
    }
  }

  @Test func membersAreSortedByUTF16CodeUnits() {
    // U+1F600 is D83D DE00 in UTF-16 and sorts before U+FB33, though its scalar is greater.
    let value = JSONValue.object([
      JSONMember("\u{FB33}", .count(1)), JSONMember("\u{1F600}", .count(2)),
      JSONMember("\u{20AC}", .count(3)), JSONMember("1", .count(4)), JSONMember("\r", .count(5)),
      JSONMember("\u{80}", .count(6)), JSONMember("\u{F6}", .count(7)),
    ])
    #expect(
      value.canonicalText
        == "{\"\\r\":5,\"1\":4,\"\u{80}\":6,\"\u{F6}\":7,\"\u{20AC}\":3,"
        + "\"\u{1F600}\":2,\"\u{FB33}\":1}"
    )
  }

  @Test func onlyTheEscapesOfTheStandardAreWritten() {
    let value = JSONValue.string("\u{20}\"\\/\u{08}\u{0C}\n\r\t\u{0F}\u{1B}\u{7F}é</b>\u{202E}")
    #expect(
      value.canonicalText
        == "\" \\\"\\\\/\\b\\f\\n\\r\\t\\u000f\\u001b\u{7F}é</b>\u{202E}\"")
  }

  @Test func reasonsThatDifferInWordsAloneAreOne() {
    let sample = Sample()
    let reasons = ReasonSet([
      Reason(.mixedCurrencies, subject: "amount", detail: "EUR and DKK"),
      Reason(.mixedCurrencies, subject: "amount", detail: "DKK and EUR"),
    ])
    let verdict = ContractVerdict(
      contractID: "C", asOf: Sample.asOf, knownAt: Sample.asOf, outcome: .undetermined,
      conditions: [
        ConditionVerdict(
          condition: ConditionID(0), outcome: .undetermined,
          tests: [sample.test(.undetermined, reasons: reasons)], consequences: [])
      ], determinations: [], laterFactCount: 0, undatedFactCount: 0)
    let explanation = Explanation(
      verdict: verdict, ruleset: sample.ruleset,
      identity: RulesetIdentity(name: "r", version: "1", digest: "sha256:0"),
      contractDigest: "sha256:1")
    #expect(
      explanation.canonicalResult.contains(
        "\"reasons\":[{\"code\":\"mixed currencies\",\"subject\":\"amount\"}]"))
  }
}
