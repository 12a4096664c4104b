// The facts of a scenario become a contract, in the form contract files are read into.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// One assignment, or the rest of one within a record.
private struct Given {
  let path: ArraySlice<NameSyntax>
  let value: ExpressionSyntax
}

/// Reads `given { … }` by the ruleset's own schema.
struct GivenReader {
  let checking: Checking
  var assessments: [Assessment] = []
  /// Whether the field being read takes figures as published.
  private var isAsPublished = false

  init(checking: Checking) {
    self.checking = checking
  }

  mutating func contract(_ node: GivenSyntax?, title: String) -> Contract {
    var givens: [Given] = []
    var papers = PaperReader(checking: checking)
    for entry in node?.entries ?? [] {
      if entry.path.count == 1, let name = entry.path.first,
        ["id", "evidence", "assessments", "waivers"].contains(name.text)
      {
        papers.read(name, entry.value)
      } else {
        givens.append(Given(path: entry.path[...], value: entry.value))
      }
    }
    let facts = facts(
      givens, checking.contractFields, of: .contract, owner: "the contract",
      ownerSpan: checking.contractSpan, prefix: "")
    return Contract(
      id: papers.id ?? node?.label?.text ?? title, facts: facts, evidence: papers.evidence,
      assessments: assessments + papers.assessments, waivers: papers.waivers)
  }

  // MARK: - Fields

  private mutating func facts(
    _ givens: [Given], _ fields: [Field], of type: ValueType, owner: String,
    ownerSpan: SourceSpan, prefix: String
  ) -> [Fact] {
    var byField: [[Given]] = fields.map { _ in [] }
    for given in givens {
      guard let name = given.path.first, !name.isMissing else { continue }
      guard let index = checking.position(of: name.text, in: type) else {
        checking.report(
          ScenarioPages.unknownFact, "\(owner) has no field `\(name.text)`", at: name.span,
          also: [LabelledSpan(ownerSpan, "its fields are declared here")],
          help: checking.suggestion(for: name.text, among: fields.map(\.name)))
        continue
      }
      byField[index].append(given)
    }
    return zip(fields, byField).map { field, givens in
      fact(givens, field, path: prefix + field.name)
    }
  }

  private mutating func fact(_ givens: [Given], _ field: Field, path: String) -> Fact {
    guard let first = givens.first else { return .absent }
    if givens.allSatisfy({ $0.path.count > 1 }) {
      guard case .record(let id) = field.type else {
        if let name = first.path.dropFirst().first, field.type != .unresolved {
          checking.report(
            ScenarioPages.unknownFact, "`\(field.name)` has no field `\(name.text)`",
            at: name.span, also: [LabelledSpan(field.span, checking.words(field.type))])
        }
        return .absent
      }
      let record = checking.records[id.index]
      return .plain(
        .record(
          facts(
            givens.map { Given(path: $0.path.dropFirst(), value: $0.value) }, record.fields,
            of: field.type, owner: checking.articled(record.name), ownerSpan: record.span,
            prefix: path + ".")))
    }
    if givens.count > 1, let name = givens[1].path.first {
      checking.report(
        ScenarioPages.givenTwice, "`\(path)` is given twice", at: name.span,
        also: [LabelledSpan(first.value.span, "given here")],
        help: ["a fact that changed is given with its versions: `{ versions = [ … ] }`"])
      return .absent
    }
    return fact(first.value, field, path: path)
  }

  /// A fact by its field: an assessed one becomes an assessment by whom the field names.
  private mutating func fact(_ node: ExpressionSyntax, _ field: Field, path: String) -> Fact {
    guard let assessor = field.assessor else {
      let outer = isAsPublished
      isAsPublished = field.isAsPublished
      defer { isAsPublished = outer }
      return fact(node, field.type, path: path)
    }
    if case .name(let name) = node.unparenthesized, name.text == "unknown" { return .absent }
    if let value = checking.constant(
      node, field.type, as: "`\(field.name)`", declaredAt: field.span)
    {
      assessments.append(
        Assessment(
          field: path, value: value, by: assessor, on: .first, why: "given in the scenario"))
    }
    return .absent
  }

  private mutating func fact(_ node: ExpressionSyntax, _ type: ValueType, path: String) -> Fact {
    switch node.unparenthesized {
    case .missing:
      checking.hasError = true
      return .absent
    case .name(let name) where name.text == "unknown": return .absent
    case .record(let record):
      guard let history = history(record, type) else { break }
      return versions(history, type, path: path)
    default: break
    }
    guard let value = value(node, type, path: path) else { return .absent }
    guard let half = halfUnit(of: node, value, type) else { return .plain(value) }
    return .versions([FactVersion(value: value, halfUnit: half)])
  }

  /// Half a unit of the last digit written, where the field takes figures as published.
  private func halfUnit(
    of node: ExpressionSyntax, _ value: FactValue, _ type: ValueType
  ) -> Fraction? {
    guard isAsPublished, case .scalar(.quantity(let base)) = value else { return nil }
    var written = node.unparenthesized
    if case .negated(let inner) = written { written = inner.operand.unparenthesized }
    guard case .number(let number) = written,
      case .success(let digits) = Fraction.parse(
        decimal: number.text.utf8, underscoresAllowed: true)
    else { return nil }
    guard let place = Fraction.lastPlace(ofDecimal: number.text) else { return nil }
    return Fraction.halfUnit(
      place: place, written: digits, value: base, scale: type.displayUnit?.scale ?? .one)
  }

  // MARK: - Histories

  private static let historyKeys = [
    "value", "from", "recorded", "evidence", "elected", "unrounded", "complete until", "versions",
  ]

  /// The entries of `{ value = …, from = … }`, unless the record wanted has such fields itself.
  private func history(_ node: RecordLiteralSyntax, _ type: ValueType) -> [AssignmentSyntax]? {
    let keys = node.entries.compactMap { $0.path.count == 1 ? $0.path.first?.text : nil }
    guard keys.contains("value") || keys.contains("versions") else { return nil }
    if case .record(let id) = type,
      checking.records[id.index].fields.contains(where: {
        $0.name == "value" || $0.name == "versions"
      })
    {
      return nil
    }
    return node.entries
  }

  private mutating func versions(
    _ entries: [AssignmentSyntax], _ type: ValueType, path: String
  ) -> Fact {
    if entries.count == 1, entries[0].path.first?.text == "versions" {
      guard case .list(let list) = entries[0].value.unparenthesized, !list.elements.isEmpty else {
        checking.report(
          ScenarioPages.badHistory, "versions are a list", at: entries[0].value.span,
          help: ["write `{ versions = [ { value = …, from = … }, … ] }`"])
        return .absent
      }
      var versions: [FactVersion] = []
      for element in list.elements {
        guard case .record(let record) = element.unparenthesized else {
          checking.report(
            ScenarioPages.badHistory, "each version is a record", at: element.span,
            help: ["write `{ value = …, from = 2021-03-01, recorded = 2021-04-02 }`"])
          continue
        }
        versions.append(version(record.entries, type, path: path))
      }
      return versions.isEmpty ? .absent : .versions(versions)
    }
    let version = version(entries, type, path: path)
    if version.isPlain, version.halfUnit == nil {
      return version.value.map(Fact.plain) ?? .absent
    }
    return .versions([version])
  }

  private mutating func version(
    _ entries: [AssignmentSyntax], _ type: ValueType, path: String
  ) -> FactVersion {
    var parts: [String: ExpressionSyntax] = [:]
    for entry in entries {
      guard let name = entry.path.first, !name.isMissing else { continue }
      guard entry.path.count == 1, Self.historyKeys.contains(name.text), name.text != "versions"
      else {
        checking.report(
          ScenarioPages.badHistory, "a fact's history has no `\(name.text)`", at: name.span,
          help: checking.suggestion(for: name.text, among: Self.historyKeys)
            + [
              "it has `value`, `from`, `recorded`, `evidence`, `elected`, `unrounded` and "
                + "`complete until`"
            ])
        continue
      }
      if parts[name.text] != nil {
        checking.report(
          ScenarioPages.givenTwice, "`\(name.text)` is given twice", at: name.span)
      }
      parts[name.text] = entry.value
    }
    var value: FactValue?
    if let written = parts["value"] {
      if case .name(let name) = written.unparenthesized, name.text == "unknown" {
        value = nil
      } else {
        value = self.value(written, type, path: path)
      }
    }
    if let end = parts["complete until"] {
      let day = checking.constantDay(end, as: "the last day of a complete list")
      if case .list(let list) = value {
        value = .list(FactList(members: list.members, completeUntil: day))
      } else {
        checking.report(
          ScenarioPages.badHistory, "only a list is complete until a day", at: end.span)
      }
    }
    return FactVersion(
      value: value,
      from: parts["from"].flatMap { checking.constantDay($0, as: "the day a fact became true") },
      recorded: parts["recorded"].flatMap {
        checking.constantDay($0, as: "the day a fact was recorded")
      },
      evidence: parts["evidence"].flatMap { checking.plainText($0, as: "the id of the evidence") },
      elected: parts["elected"].flatMap { checking.constantDay($0, as: "the day of a choice") },
      halfUnit: isUnrounded(parts["unrounded"])
        ? nil : parts["value"].flatMap { node in value.flatMap { halfUnit(of: node, $0, type) } })
  }

  /// Whether the figure is said to be the unrounded one.
  private func isUnrounded(_ node: ExpressionSyntax?) -> Bool {
    guard let node else { return false }
    let value = checking.constant(node, .boolean, as: "whether a figure is unrounded")
    return value == .boolean(true)
  }

  // MARK: - Values

  private mutating func value(
    _ node: ExpressionSyntax, _ type: ValueType, path: String
  ) -> FactValue? {
    switch type {
    case .record(let id): return record(node, id, path: path)
    case .list(let element): return list(node, element, path: path)
    case .series(let element, let length): return series(node, element, length, path: path)
    case .levels(let element): return levels(node, element, path: path)
    default:
      return checking.constant(node, type, as: "`\(path)`").map(FactValue.scalar)
    }
  }

  private mutating func record(
    _ node: ExpressionSyntax, _ id: RecordID, path: String
  ) -> FactValue? {
    let record = checking.records[id.index]
    guard case .record(let written) = node.unparenthesized else {
      let example = record.fields.prefix(2).map { "\($0.name) = …" }.joined(separator: ", ")
      checking.report(
        ScenarioPages.wrongShape, "`\(path)` is a record `\(record.name)`", at: node.span,
        also: [LabelledSpan(record.span, "declared here")],
        help: ["write `{ \(example) }`"])
      return nil
    }
    return .record(
      facts(
        written.entries.map { Given(path: $0.path[...], value: $0.value) }, record.fields,
        of: .record(id), owner: checking.articled(record.name), ownerSpan: record.span,
        prefix: path + "."))
  }

  private mutating func list(
    _ node: ExpressionSyntax, _ element: ValueType, path: String
  ) -> FactValue? {
    guard case .list(let written) = node.unparenthesized else {
      checking.report(
        ScenarioPages.wrongShape, "`\(path)` is a list", at: node.span,
        help: ["write its members in brackets: `[ … ]`, or `[]` for none"])
      return nil
    }
    var members: [Fact] = []
    for (index, member) in written.elements.enumerated() {
      members.append(fact(member, element, path: "\(path)[\(index)]"))
    }
    return .list(FactList(members: members))
  }

  private mutating func series(
    _ node: ExpressionSyntax, _ element: ValueType, _ length: PeriodLength, path: String
  ) -> FactValue? {
    guard let timeline = timeline(node, .at, path, length.noun, "at 2024") else { return nil }
    var entries: [(entry: SeriesEntry, span: SourceSpan)] = []
    for entry in timeline.entries {
      let fact = fact(entry.value, element, path: path)
      guard
        case .period(let period) = checking.constant(
          entry.point, .period(length), as: "a \(length.noun) of `\(path)`")
      else { continue }
      if period.length != length {
        checking.report(
          TimePages.periodLengths, "`\(path)` has one value for every \(length.noun)",
          at: entry.point.span, "this is a \(period.length.noun)")
        continue
      }
      entries.append((SeriesEntry(period: period, fact: fact), entry.point.span))
    }
    entries.sort { ($0.entry.period, $0.span.start) < ($1.entry.period, $1.span.start) }
    for (first, second) in zip(entries, entries.dropFirst())
    where first.entry.period == second.entry.period {
      checking.report(
        ScenarioPages.givenTwice, "`\(path)` is given twice for \(second.entry.period)",
        at: second.span, also: [LabelledSpan(first.span, "given here")])
    }
    return .series(entries.map(\.entry))
  }

  private mutating func levels(
    _ node: ExpressionSyntax, _ element: ValueType, path: String
  ) -> FactValue? {
    guard let timeline = timeline(node, .from, path, "", "from 2021-03-01") else { return nil }
    var entries: [(entry: LevelEntry, span: SourceSpan)] = []
    for entry in timeline.entries {
      let fact = fact(entry.value, element, path: path)
      guard let day = checking.constantDay(entry.point, as: "the first day of a level") else {
        continue
      }
      entries.append((LevelEntry(date: day, fact: fact), entry.point.span))
    }
    entries.sort { ($0.entry.date, $0.span.start) < ($1.entry.date, $1.span.start) }
    for (first, second) in zip(entries, entries.dropFirst())
    where first.entry.date == second.entry.date {
      checking.report(
        ScenarioPages.givenTwice, "`\(path)` is given twice from \(second.entry.date)",
        at: second.span, also: [LabelledSpan(first.span, "given here")])
    }
    return .levels(entries.map(\.entry))
  }

  private func timeline(
    _ node: ExpressionSyntax, _ kind: TimelineSyntax.Kind, _ path: String, _ noun: String,
    _ example: String
  ) -> TimelineSyntax? {
    if case .timeline(let timeline) = node.unparenthesized, timeline.kind == kind {
      return timeline
    }
    checking.report(
      ScenarioPages.wrongShape,
      kind == .at ? "`\(path)` has one value for every \(noun)" : "`\(path)` holds from dates on",
      at: node.span, help: ["write `{ VALUE \(example), … }`"])
    return nil
  }
}

extension Checking {
  /// A text in quotes or a bare name; nil after a report.
  func plainText(_ node: ExpressionSyntax, as role: String) -> String? {
    switch node.unparenthesized {
    case .string(let text): return text.text
    case .name(let name) where !name.isMissing: return name.text
    case .missing:
      hasError = true
      return nil
    default:
      report(
        TypePages.wrongType, "\(role) is a text", at: node.span, help: ["write it in quotes"])
      return nil
    }
  }
}
