// Dated lists: from files or from the text, with several spells and several datings.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// One spell as it was read, with its place for messages.
private struct PlacedEntry {
  let value: Value
  let valueSpan: SourceSpan
  let spells: [Spell?]
  let spans: [SourceSpan]
}

extension Checking {
  /// Reads the lists, rates, parameters and tables of the ruleset.
  func checkReferenceData() {
    for declaration in declarations {
      switch declaration {
      case .list(let node): lists.append(list(node))
      case .rates(let node): rates.append(rateList(node))
      case .parameter(let node): parameters.append(parameter(node))
      default: continue
      }
    }
    for case .table(let node) in declarations { tables.append(decisionTable(node)) }
  }

  private func list(_ node: ListSyntax) -> DatedList {
    let type = self.type(node.elementType, named: node.name.text)
    var file: String?
    var datings: [String] = [""]
    var entries: [PlacedEntry] = []
    switch node.members {
    case .file(let path, let settings):
      file = path.text
      (datings, entries) = members(of: path, settings, type, node)
    case .inline(let members): (datings, entries) = self.members(members, type, node)
    }
    switch type {
    case .record, .list, .series, .levels, .contract:
      report(
        TypePages.notScalar, "\(words(type)) cannot be a member of a dated list",
        at: node.elementType.span, help: ["a dated list holds codes, texts or other single values"])
    default: break
    }
    entries = checked(entries, datings)
    return DatedList(
      name: node.name.text, elementType: type, datings: datings,
      entries: entries.map { ListEntry(value: $0.value, spells: $0.spells) }, file: file,
      span: node.name.span)
  }

  // MARK: - From a file

  private func members(
    of path: StringSyntax, _ settings: [ListSyntax.Entry], _ type: ValueType, _ node: ListSyntax
  ) -> ([String], [PlacedEntry]) {
    var named: [(name: NameSyntax, from: NameSyntax, until: NameSyntax?)] = []
    var valueName: NameSyntax?
    for setting in settings {
      switch setting {
      case .column(let name, _):
        if valueName != nil {
          report(NamePages.entryTwice, "the members' column is named twice", at: name.span)
        }
        valueName = name
      case .dating(let name, let from, let until, _):
        if named.contains(where: { $0.name.text == name.text }) { reportTwice(name, name.span) }
        named.append((name, from, until))
      }
    }
    let datings = named.isEmpty ? [""] : named.map(\.name.text)
    guard let table = table(in: path) else { return (datings, []) }
    var columns: [(from: Int, until: Int?)] = []
    for dating in named {
      guard let from = column(dating.from, in: table) else { return (datings, []) }
      var until: Int?
      if let name = dating.until {
        guard let index = column(name, in: table) else { return (datings, []) }
        until = index
      }
      columns.append((from, until))
    }
    var valueColumn = 0
    if let valueName {
      guard let index = column(valueName, in: table) else { return (datings, []) }
      valueColumn = index
    }
    var entries: [PlacedEntry] = []
    for row in table.rows {
      guard row.indices.contains(valueColumn),
        let value = value(of: row[valueColumn], type, column: table.header[valueColumn].text)
      else {
        if !mayReport { break }
        continue
      }
      let spells = columns.map { spell(row, $0.from, $0.until, table) }
      let spans = columns.map { pair in
        pair.until.map { row[pair.from].span.joined(with: row[$0].span) } ?? row[pair.from].span
      }
      entries.append(
        PlacedEntry(
          value: value, valueSpan: row[valueColumn].span,
          spells: columns.isEmpty ? [Spell(from: nil, until: nil)] : spells,
          spans: columns.isEmpty ? [row[valueColumn].span] : spans))
    }
    warnOfOpenEnds(entries, datings)
    return (datings, entries)
  }

  /// A row without a first day under a dating says nothing under it.
  private func spell(_ row: [CsvCell], _ from: Int, _ until: Int?, _ table: CsvTable) -> Spell? {
    guard !row[from].text.isEmpty else {
      if let until, !row[until].text.isEmpty {
        report(
          ReferencePages.badCell, "this spell has an end and no beginning", at: row[until].span,
          also: [LabelledSpan(row[from].span, "empty")],
          help: ["give its first day, or leave both empty where nothing is known under a dating"])
      }
      return nil
    }
    guard let (first, isFirstEarliest) = day(row[from], column: table.header[from].text) else {
      return nil
    }
    guard let until, !row[until].text.isEmpty else {
      return Spell(from: first, until: nil, isFromEarliest: isFirstEarliest)
    }
    guard let (end, isEndEarliest) = day(row[until], column: table.header[until].text) else {
      return nil
    }
    return Spell(
      from: first, until: end, isFromEarliest: isFirstEarliest, isUntilEarliest: isEndEarliest)
  }

  /// A day, or `not before 2026-02-17` where only that much is known of it.
  private func day(_ cell: CsvCell, column: String) -> (CalendarDate, isEarliest: Bool)? {
    let words = "not before "
    let isEarliest = cell.text.hasPrefix(words)
    let bare =
      isEarliest ? CsvCell(text: String(cell.text.dropFirst(words.count)), span: cell.span) : cell
    guard case .date(let day) = value(of: bare, .date, column: column) else { return nil }
    return (day, isEarliest)
  }

  /// A spell that ends under one dating and not under another is read as open under the other.
  private func warnOfOpenEnds(_ entries: [PlacedEntry], _ datings: [String]) {
    for entry in entries where entry.spells.count > 1 {
      guard let closed = entry.spells.firstIndex(where: { $0?.until != nil }),
        let open = entry.spells.firstIndex(where: { $0 != nil && $0?.until == nil })
      else { continue }
      report(
        ReferencePages.openUnderOneDating,
        "this spell ends by `\(datings[closed])` and not by `\(datings[open])`",
        at: entry.spans[open], "read as still listed by `\(datings[open])`",
        also: [LabelledSpan(entry.spans[closed], "ends here")],
        help: ["give the end under both datings, or `not before` a day where only that is known"])
    }
  }

  // MARK: - From the text

  private func members(
    _ members: [ListSyntax.MemberSyntax], _ type: ValueType, _ node: ListSyntax
  ) -> ([String], [PlacedEntry]) {
    var datings: [String] = []
    for member in members {
      for spell in member.spells {
        let name = spell.dating?.text ?? ""
        if !datings.contains(name) { datings.append(name) }
      }
    }
    if datings.isEmpty { datings = [""] }
    if datings.count > 1, datings.contains("") {
      report(
        ReferencePages.datingMissing, "some spells of `\(node.name.text)` say by which dating",
        at: node.name.span, "and some do not", help: ["write `by NAME` before every `from`"])
    }
    var entries: [PlacedEntry] = []
    for member in members {
      guard let value = constant(member.value, type, as: "a member of the list") else { continue }
      guard !member.spells.isEmpty else {
        entries.append(
          PlacedEntry(
            value: value, valueSpan: member.value.span,
            spells: datings.map { _ in Spell(from: nil, until: nil) },
            spans: datings.map { _ in member.span }))
        continue
      }
      var byDating = datings.map { _ in [(Spell, SourceSpan)]() }
      for node in member.spells {
        guard let index = datings.firstIndex(of: node.dating?.text ?? ""),
          let from = constantDay(node.from, as: "the first day of a spell")
        else { continue }
        let until = node.until.flatMap { constantDay($0, as: "the end of a spell") }
        byDating[index].append((Spell(from: from, until: until), node.span))
      }
      for position in 0..<(byDating.map(\.count).max() ?? 0) {
        entries.append(
          PlacedEntry(
            value: value, valueSpan: member.value.span,
            spells: byDating.map { position < $0.count ? $0[position].0 : nil },
            spans: byDating.map { position < $0.count ? $0[position].1 : member.span }))
      }
    }
    return (datings, entries)
  }

  // MARK: - Spells

  /// Sorts the entries and reports spells that are reversed or overlap.
  private func checked(_ entries: [PlacedEntry], _ datings: [String]) -> [PlacedEntry] {
    for entry in entries {
      for (place, spell) in entry.spells.enumerated() {
        guard let from = spell?.from, let until = spell?.until, from >= until else { continue }
        report(
          ReferencePages.reversedSpell, "this spell ends before it begins", at: entry.spans[place],
          "from \(from) until \(until)",
          help: ["`until` is the first day off the list and comes after `from`"])
      }
    }
    let keyed = entries.map { (key: sortText($0.value), entry: $0) }
    let sorted = keyed.enumerated().sorted { left, right in
      if left.element.key != right.element.key {
        return utf8Less(left.element.key, right.element.key)
      }
      let first = left.element.entry.spells.first??.from
      let second = right.element.entry.spells.first??.from
      if first != second { return isEarlier(first, second) }
      return left.offset < right.offset
    }.map { $0.element }
    for dating in datings.indices { reportOverlaps(sorted, dating, datings[dating]) }
    return sorted.map(\.entry)
  }

  private func isEarlier(_ left: CalendarDate?, _ right: CalendarDate?) -> Bool {
    guard let right else { return false }
    guard let left else { return true }
    return left < right
  }

  private func reportOverlaps(
    _ entries: [(key: String, entry: PlacedEntry)], _ dating: Int, _ name: String
  ) {
    var index = 0
    while index < entries.count {
      var end = index
      while end < entries.count, entries[end].key == entries[index].key { end += 1 }
      let spells = entries[index..<end].compactMap { item -> (Spell, SourceSpan)? in
        guard item.entry.spells.indices.contains(dating), let spell = item.entry.spells[dating]
        else { return nil }
        return (spell, item.entry.spans[dating])
      }.enumerated().sorted { left, right in
        if left.element.0.from != right.element.0.from {
          return isEarlier(left.element.0.from, right.element.0.from)
        }
        return left.offset < right.offset
      }.map { $0.element }
      for (first, second) in zip(spells, spells.dropFirst()) {
        guard let until = first.0.until, let from = second.0.from, from >= until else {
          let value = text(of: entries[index].entry.valueSpan)
          report(
            ReferencePages.overlappingSpells,
            "`\(value)` is listed twice at once" + (name.isEmpty ? "" : " by `\(name)`"),
            at: second.1, also: [LabelledSpan(first.1, "listed here already")],
            help: ["join the two spells, or end the first where the second begins"])
          continue
        }
      }
      index = end
    }
  }
}
