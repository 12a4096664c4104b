// The timeline of a condition in words and in JSON: a line a test, with how it developed.

import ProvisoModel
import ProvisoQuantities

/// One test of a timeline, all in words.
struct TimelineOutline {
  let label: String
  let outcome: Outcome
  /// "tested on …, due on …, curable until …".
  let dates: Prose
  /// The outcomes it went through, and the evidence received, in the order of days.
  let events: [TimelineEvent]
}

/// Something that happened to a test on a day.
struct TimelineEvent {
  let day: CalendarDate
  let words: Prose
  /// The outcome it came to; nil for what is no outcome.
  let outcome: Outcome?
}

extension Explanation {
  /// The timeline of a condition; empty where it was not asked for.
  func timeline(of condition: ConditionID) -> [TimelineOutline] {
    guard let timeline = timelines.first(where: { $0.condition == condition }) else { return [] }
    return timeline.entries.enumerated().map { position, entry in
      TimelineOutline(
        label: testTitle(entry.test) ?? "test \(position + 1)", outcome: entry.test.outcome,
        dates: dates(entry.test), events: events(entry))
    }
  }

  private func dates(_ test: TestVerdict) -> Prose {
    var parts: [Prose] = []
    parts.append(test.testDate.map { "tested on \(data: $0.iso)" } ?? "no test date")
    if let due = test.dueDate, due != test.testDate { parts.append("due on \(data: due.iso)") }
    if let last = test.lastCureDay { parts.append("curable until \(data: last.iso)") }
    parts.append(test.finalDay.map { "final on \(data: $0.iso)" } ?? "not final")
    return Prose.joined(parts, by: ", ")
  }

  private func events(_ entry: TimelineEntry) -> [TimelineEvent] {
    var events: [TimelineEvent] = []
    for receipt in entry.evidence {
      guard let day = receipt.item.received else { continue }
      events.append(TimelineEvent(day: day, words: words(of: receipt), outcome: nil))
    }
    for (position, development) in entry.developments.enumerated() {
      events.append(
        TimelineEvent(
          day: development.on, words: words(of: development, entry, position),
          outcome: development.outcome))
    }
    return events.enumerated().sorted { first, second in
      first.element.day != second.element.day
        ? first.element.day < second.element.day : first.offset < second.offset
    }.map(\.element)
  }

  private func words(of receipt: EvidenceReceipt) -> Prose {
    let item = receipt.item
    var result: Prose =
      "evidence \(data: item.id) received (\(code: item.kind), \(words: item.level.name)"
    if let covers = item.covers { result += ", for \(data: covers.description)" }
    result += ")"
    if let late = receipt.daysLate { result += ", late by \(words: dayCount(late))" }
    if !receipt.isSufficient { result += ", which is not the level asked for" }
    return result
  }

  private func words(
    of development: Development, _ entry: TimelineEntry, _ position: Int
  ) -> Prose {
    var result: Prose = "\(words: development.outcome.rawValue)"
    if development.outcome == .waived {
      for case .waivedBy(let by, _, _) in entry.test.remarks { result += " by \(data: by)" }
      if let beneath = development.beneath { result += ", beneath it \(words: beneath.rawValue)" }
      if position == entry.developments.count - 1 { result += ", until now" }
    }
    return result
  }

  // MARK: JSON

  /// The timeline as a JSON value; null where it was not asked for.
  func timelineJSON(of condition: ConditionID) -> JSONValue {
    guard let timeline = timelines.first(where: { $0.condition == condition }) else { return .null }
    return .array(
      timeline.entries.map { entry in
        .object([
          JSONMember("test", JSONValue(testLabel(entry.test))),
          JSONMember("tested", JSONValue(entry.test.testDate?.iso)),
          JSONMember("due", JSONValue(entry.test.dueDate?.iso)),
          JSONMember("lastCureDay", JSONValue(entry.test.lastCureDay?.iso)),
          JSONMember("final", JSONValue(entry.test.finalDay?.iso)),
          JSONMember("outcome", .string(entry.test.outcome.rawValue)),
          JSONMember(
            "developments",
            .array(
              entry.developments.map { development in
                .object([
                  JSONMember("on", .string(development.on.iso)),
                  JSONMember("outcome", .string(development.outcome.rawValue)),
                  JSONMember("beneath", JSONValue(development.beneath?.rawValue)),
                ])
              })),
          JSONMember(
            "evidence",
            .array(
              entry.evidence.map { receipt in
                .object([
                  JSONMember("id", .string(receipt.item.id)),
                  JSONMember("kind", .string(receipt.item.kind)),
                  JSONMember("level", .string(receipt.item.level.name)),
                  JSONMember("received", JSONValue(receipt.item.received?.iso)),
                  JSONMember("daysLate", receipt.daysLate.map { .count($0) } ?? .null),
                  JSONMember("isSufficient", .boolean(receipt.isSufficient)),
                ])
              })),
        ])
      })
  }
}
