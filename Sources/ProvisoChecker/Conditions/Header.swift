// The header of the ruleset: version, what it governs, how months end, which days are holidays.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  func checkHeader() {
    guard let header else { return }
    var seen: [String: SourceSpan] = [:]
    for entry in header.entries {
      let word = word(entry)
      if let earlier = seen[word] {
        report(
          NamePages.entryTwice, "`\(word)` is given twice", at: entry.span,
          also: [LabelledSpan(earlier, "first given here")], help: ["keep one of the two"])
        continue
      }
      seen[word] = entry.span
      switch entry {
      case .months(.endOnLastDay, _): months = .lastDay
      case .months(.rollOver, _): months = .rollOver
      case .holidays(let path, _): readHolidays(path)
      case .version, .issuer, .source, .governs: continue
      }
    }
    if seen["version"] == nil {
      report(
        NamePages.missingVersion, "this ruleset has no version", at: header.name.span,
        help: ["write `version \"1\"` between its braces"])
    }
    for case .governs(let node) in header.entries where governs == nil { governs = governs(node) }
  }

  private func word(_ entry: RulesetHeaderSyntax.Entry) -> String {
    switch entry {
    case .version: "version"
    case .issuer: "issuer"
    case .source: "source"
    case .governs: "governs"
    case .months: "months"
    case .holidays: "holidays"
    }
  }

  private func governs(_ node: GovernsSyntax) -> Governs {
    let place = Place(words: "`governs`", hasContract: true)
    let date = at(place) { day(node.subject, as: "what `governs` asks about") }.result
    let from = node.from.flatMap { constantDay($0, as: "the first day governed") }
    let until = node.until.flatMap { constantDay($0, as: "the end of what is governed") }
    if let from, let until, from >= until {
      report(
        TimePages.reversedBounds, "nothing is governed from \(from) until \(until)",
        at: node.span, help: ["`until` is the first day no longer governed"])
    }
    return Governs(date: date, from: from, until: until, span: node.span)
  }

  /// The days in the column `date`, or in the first.
  private func readHolidays(_ path: StringSyntax) {
    hasHolidays = true
    guard let table = table(in: path) else { return }
    let column = table.column("date") ?? 0
    for row in table.rows {
      guard mayReport, row.indices.contains(column) else { break }
      guard
        case .date(let day) = value(
          of: row[column], .date, column: table.header[column].text)
      else { continue }
      holidays.append(day)
    }
  }
}
