// `c in L by DATING on D`, `… at any time from A to B`: membership of a list that changes.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// Whether a value was on a dated list on a day, or on some day of a stretch.
  mutating func listed(_ question: ListedQuestion) -> Found {
    let subject = scalar(question.subject)
    let first: Found
    let last: Found
    switch question.when {
    case .on(let day):
      first = scalar(day)
      last = first
    case .anyTime(let from, let to):
      first = scalar(from)
      last = scalar(to)
    }
    let rests = subject.rests.union(first.rests).union(last.rests)
    let start = day(of: first)
    // A stretch to a period ends with its last day, one from a period begins with its first.
    let begin: CalendarDate? =
      if case .anyTime = question.when, case .period(let period) = first.value {
        period.start
      } else { start }
    guard let value = subject.value, let begin, let end = day(of: last) else {
      let unknown = subject.reasons.union(first.reasons).union(last.reasons)
      return Found(unknown: unknown.isEmpty ? reason(.eventIsNone) : unknown)
    }
    let positions = prepared.listEntries[question.list.index][value] ?? []
    return listed(positions, question, from: begin, to: end, rests)
  }

  /// Whether one of a value's entries has a day in common with a stretch.
  private func listed(
    _ positions: [Int], _ question: ListedQuestion, from begin: CalendarDate, to end: CalendarDate,
    _ rests: Rests
  ) -> Found {
    // Read in place: a list and its entries carry too much to be copied at every question.
    let list = question.list.index
    let dating = question.dating
    var unknown = ReasonSet.none
    // Where the answer is no, the latest spell of the value is what a reader asks about.
    var latest: Spell?
    for position in positions {
      guard prepared.lists[list].entries[position].spells.indices.contains(dating),
        let spell = prepared.lists[list].entries[position].spells[dating]
      else {
        unknown = unknown.union(undated(prepared.lists[list], position, dating))
        continue
      }
      guard let effective = delayed(spell, question) else {
        unknown = unknown.union(question.delay.map { noDay($0) } ?? reason(.dateOutOfRange))
        continue
      }
      switch effective.meets(from: begin, to: end) {
      case .true:
        trace?.note(.listed(question.list, dating: dating, spell: spell))
        return Found(.known(.boolean(true)), rests: rests)
      case .unknown:
        let entry = prepared.lists[list].entries[position]
        unknown = unknown.union(openEnd(of: spell, of: entry, prepared.lists[list], dating))
      case .false: break
      }
      latest = spell
    }
    trace?.note(.listed(question.list, dating: question.dating, spell: latest))
    return unknown.isEmpty ? Found(.known(.boolean(false)), rests: rests) : Found(unknown: unknown)
  }

  /// Why an entry says nothing under a dating: its row gives no date there.
  private func undated(_ list: DatedList, _ position: Int, _ dating: Int) -> ReasonSet {
    let name = list.datings.indices.contains(dating) ? list.datings[dating] : ""
    let value = list.entries[position].value.plainText
    return ReasonSet(
      Reason(.noEntry, subject: list.name, detail: "\(value) has no date by \(name)"))
  }

  /// A spell as it takes effect: both its days later by the delay.
  private func delayed(_ spell: Spell, _ question: ListedQuestion) -> Spell? {
    guard let delay = question.delay else { return spell }
    var from: CalendarDate?
    var until: CalendarDate?
    if let day = spell.from {
      guard let moved = adding(delay, to: day, question.delayConvention) else { return nil }
      from = moved
    }
    if let day = spell.until {
      guard let moved = adding(delay, to: day, question.delayConvention) else { return nil }
      until = moved
    }
    return Spell(
      from: from, until: until, isFromEarliest: spell.isFromEarliest,
      isUntilEarliest: spell.isUntilEarliest)
  }

  /// Why nobody can say on which side of a spell's end a day lies.
  private func openEnd(
    of spell: Spell, of entry: ListEntry, _ list: DatedList, _ dating: Int
  ) -> ReasonSet {
    let name = list.datings.indices.contains(dating) ? list.datings[dating] : ""
    let by = name.isEmpty ? "" : " by \(name)"
    let day = spell.isFromEarliest ? spell.from : spell.until
    let known = day.map { ", only that it is not before \($0)" } ?? ""
    let end = spell.isFromEarliest ? "was added" : "was taken off"
    return ReasonSet(
      Reason(
        .noEntry, subject: list.name,
        detail: "the day \(entry.value.plainText) \(end)\(by) is not known\(known)"))
  }
}
