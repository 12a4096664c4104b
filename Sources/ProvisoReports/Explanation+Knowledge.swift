// What later knowledge changes, in words and in JSON: which restatement makes the difference.

import ProvisoModel
import ProvisoQuantities

extension Explanation {
  /// A sentence for each difference that another state of knowledge makes.
  func knowledgeLines() -> [Prose] {
    knowledge.flatMap { comparison -> [Prose] in
      let differences = comparison.differences.filter { isShown($0) }
      guard !differences.isEmpty else {
        let things = comparison.changeCount == 1 ? "1 entry" : "\(comparison.changeCount) entries"
        return [
          """
          \(words: things) recorded from \(data: next(comparison.earlier)) to \
          \(data: comparison.later.iso) \
          \(words: comparison.changeCount == 1 ? "changes" : "change") nothing here.
          """
        ]
      }
      return differences.map { sentence($0, comparison) }
    }
  }

  private func next(_ day: CalendarDate) -> String { (day.adding(days: 1) ?? day).iso }

  /// Whether a difference is about something the verdict tells.
  private func isShown(_ difference: KnowledgeDifference) -> Bool {
    switch difference.subject {
    case .test(let condition, _, _, _):
      verdict.conditions.contains { $0.condition == condition }
    case .determination(let position, _, _):
      verdict.determinations.contains { $0.determination == position }
    }
  }

  private func sentence(
    _ difference: KnowledgeDifference, _ comparison: KnowledgeComparison
  ) -> Prose {
    let (subject, before, after) = self.words(difference.subject)
    let opening: Prose =
      comparison.isLaterAsked
      ? """
      By what was known on \(data: comparison.earlier.iso), \(subject) was \(before); \
      it is \(after) because of
      """
      : """
      With what was recorded by \(data: comparison.later.iso), \(subject) would be \(after) \
      instead of \(before), because of
      """
    return "\(opening) \(Prose.list(difference.changes.map { sentence($0) }))."
  }

  private func words(
    _ subject: KnowledgeDifference.Subject
  ) -> (subject: Prose, before: Prose, after: Prose) {
    switch subject {
    case .test(let condition, let label, let before, let after):
      let name: Prose = "\(code: ruleset[condition].name)"
      let of: Prose = label.map { " (\(data: $0))" } ?? ""
      let outcome = { (outcome: Outcome?) -> Prose in
        outcome.map { "\(words: $0.rawValue)" } ?? "not tested"
      }
      return (name + of, outcome(before), outcome(after))
    case .determination(let position, let before, let after):
      let declared = ruleset.determinations[position]
      let value = { (answer: Answer) -> Prose in
        "\(data: words.printer.text(answer, declared.type))"
      }
      return ("\(code: declared.name)", value(before), value(after))
    }
  }

  private func sentence(_ change: RecordedChange) -> Prose {
    switch change {
    case .value(let path, let day, let before, let after, let type):
      let value = { (value: Value?) -> Prose in
        value.map { "\(data: words.printer.text($0, type))" } ?? "nothing"
      }
      guard before != nil || after == nil else {
        return "\(pathWords(path)), recorded on \(data: day.iso) as \(value(after))"
      }
      return """
        \(pathWords(path)), restated on \(data: day.iso) from \(value(before)) to \(value(after))
        """
    case .whole(let path, let day): return "\(pathWords(path)), recorded on \(data: day.iso)"
    case .evidence(let item):
      let day: Prose = item.recorded.map { ", recorded on \(data: $0.iso)" } ?? ""
      return "evidence \(data: item.id) (\(code: item.kind), \(words: item.level.name))\(day)"
    case .assessment(let assessment, let type):
      let day: Prose = assessment.recorded.map { ", recorded on \(data: $0.iso)" } ?? ""
      let value = words.printer.text(assessment.value, type)
      return """
        the assessment of \(pathWords(assessment.field)) by \(data: assessment.by) as \
        \(data: value)\(day)
        """
    case .waiver(let waiver):
      let day: Prose = waiver.recorded.map { ", recorded on \(data: $0.iso)" } ?? ""
      return "the waiver of \(code: waiver.condition) by \(data: waiver.by)\(day)"
    }
  }

  // MARK: JSON

  /// The comparisons as JSON values.
  func knowledgeJSON() -> JSONValue {
    .array(
      knowledge.map { comparison in
        .object([
          JSONMember("earlier", .string(comparison.earlier.iso)),
          JSONMember("later", .string(comparison.later.iso)),
          JSONMember("entries", .count(comparison.changeCount)),
          JSONMember(
            "differences",
            .array(
              comparison.differences.filter { isShown($0) }.map { json($0, comparison) })),
        ])
      })
  }

  private func json(
    _ difference: KnowledgeDifference, _ comparison: KnowledgeComparison
  ) -> JSONValue {
    let subject: [JSONMember]
    switch difference.subject {
    case .test(let condition, let label, let before, let after):
      subject = [
        JSONMember("name", .string(ruleset[condition].name)),
        JSONMember("test", JSONValue(label)),
        JSONMember("before", JSONValue(before?.rawValue)),
        JSONMember("after", JSONValue(after?.rawValue)),
      ]
    case .determination(let position, let before, let after):
      let declared = ruleset.determinations[position]
      subject = [
        JSONMember("name", .string(declared.name)), JSONMember("test", .null),
        JSONMember("before", .string(words.printer.exactText(before, declared.type))),
        JSONMember("after", .string(words.printer.exactText(after, declared.type))),
      ]
    }
    return .object(
      subject + [
        JSONMember("sentence", .string(sentence(difference, comparison).text)),
        JSONMember("changes", .array(difference.changes.map { .string(sentence($0).text) })),
      ])
  }
}
