// Puts the facts of a contract that has been read into a row.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension ColumnChunk {
  /// Fills the draft; false where something the plan reads has no place in columns: a history,
  /// proof, an end of completeness.
  mutating func fill(_ contract: Contract) -> Bool {
    guard contract.evidence.isEmpty, contract.waivers.isEmpty,
      !layout.asksForDays || !contract.hasDays
    else { return false }
    return fill(contract.facts, layout.root, member: nil) && fill(contract.assessments)
  }

  /// Takes up judgements; false where one of them needs more than a look: it expires, became known
  /// on some day, or is not the only one.
  private mutating func fill(_ judgements: [Assessment]) -> Bool {
    guard !layout.judgements.isEmpty else { return true }
    for judgement in judgements {
      let (name, index) = Self.place(of: judgement.field)
      for column in layout.judgements[name] ?? [] {
        guard judgement.by == column.assessor, judgement.on <= layout.asOf else { continue }
        var member: MemberPlace?
        if let list = column.list {
          guard let index, index < draft.lists[list].count else { continue }
          member = MemberPlace(list: list, member: index)
        }
        // Where what is judged is not there, a judgement of it says nothing.
        guard !column.containers.contains(where: { isAbsent($0, member) }) else { continue }
        guard judgement.expires == nil, judgement.recorded == nil,
          isUnknown(column.position, member),
          let (word, places) = word(of: judgement.value, column.kind)
        else { return false }
        set(column.position, word, places, member: member)
      }
    }
    return true
  }

  /// A path without the position of the member it leads through, and that position.
  private static func place(of path: String) -> (name: String, index: Int?) {
    // Byte by byte: letter by letter takes as long as all else that is done for a judgement.
    guard path.utf8.contains(UInt8(ascii: "[")), let open = path.firstIndex(of: "["),
      let close = path.firstIndex(of: "]"), open < close
    else { return (path, nil) }
    let digits = path[path.index(after: open)..<close]
    guard let index = Int(digits), index >= 0, String(index) == digits else { return (path, nil) }
    return (String(path[...open]) + String(path[close...]), index)
  }

  private func isUnknown(_ column: Int, _ member: MemberPlace?) -> Bool {
    guard let member else { return draft.cells[column].isUnknown }
    return draft.lists[member.list].cells[
      member.member * members[member.list].columnCount + column
    ].isUnknown
  }

  private func isAbsent(_ container: Int, _ member: MemberPlace?) -> Bool {
    guard let member else { return draft.absent[container] }
    return draft.lists[member.list].absent[
      member.member * members[member.list].containerCount + container]
  }

  /// The member that facts belong to: its list, and its position in the draft.
  struct MemberPlace {
    let list: Int
    let member: Int
  }

  mutating func fill(
    _ facts: [Fact], _ targets: [FieldTarget], member: MemberPlace?
  ) -> Bool {
    for (fact, target) in zip(facts, targets) {
      guard fill(fact, target, member: member) else { return false }
    }
    return true
  }

  private mutating func fill(_ fact: Fact, _ target: FieldTarget, member: MemberPlace?) -> Bool {
    switch (target, fact) {
    case (.nothing, _): return true
    case (.lists(let targets), _):
      return targets.allSatisfy { fill(fact, $0, member: member) }
    case (_, .versions): return false
    case (.judgement(let column), _):
      setUnknown(column, member: member)
      return true
    case (_, .absent):
      setAbsent(target, member: member, isOutermost: true)
      return true
    case (.column(let column, let kind), .plain(.scalar(let value))):
      guard let (word, places) = word(of: value, kind) else { return false }
      set(column, word, places, member: member)
      return true
    case (.record(let targets, _), .plain(.record(let facts))):
      return fill(facts, targets, member: member)
    case (.tree(let list, let targets, let follow, let identity, _), .plain(.list(let members))):
      return fillTree(list, members, targets, follow, identity, parent: -1, depth: 0)
    case (.money(let amount, let currency), .plain(.scalar(.money(let value, let code)))):
      guard let (word, places) = word(of: .quantity(value), .number(scale: .one, isWhole: false))
      else { return false }
      if let amount { set(amount, word, places, member: member) }
      if let currency { set(currency, Int64(code.number), 0, member: member) }
      return true
    case (.values(let list, let column, let kind, _), .plain(.list(let members))):
      return fill(members, list, column, kind)
    case (.entries(let list, let key, let value, let kind), .plain(.levels(let entries))):
      return entries.allSatisfy {
        addEntry(Int64($0.date.dayNumber), $0.fact, list, key, value, kind)
      }
    case (.entries(let list, let key, let value, let kind), .plain(.series(let entries))):
      return entries.allSatisfy {
        addEntry(Int64($0.period.number), $0.fact, list, key, value, kind)
      }
    case (.list(let list, let targets, _), .plain(.list(let members))):
      guard members.completeUntil == nil else { return false }
      for (position, fact) in members.members.enumerated() {
        guard case .plain(.record(let facts)) = fact else { return false }
        draft.addMember(of: list)
        let place = MemberPlace(list: list, member: position)
        setPosition(position, of: place)
        guard fill(facts, targets, member: place) else { return false }
      }
      return true
    case (.inner(let list, let targets, let isGiven, _), .plain(.list(let inside))):
      guard let member, inside.completeUntil == nil else { return false }
      set(isGiven, 1, 0, member: member)
      for fact in inside.members {
        guard case .plain(.record(let facts)) = fact else { return false }
        let place = MemberPlace(list: list, member: draft.lists[list].count)
        draft.addMember(of: list)
        setPosition(member.member, of: place)
        guard fill(facts, targets, member: place) else { return false }
      }
      return true
    case (.series(let columns, let kind, _), .plain(.series(let entries))):
      for (_, column) in columns { setUnknown(column, member: member) }
      for entry in entries {
        guard let column = columns[entry.period] else { continue }
        guard case .plain(.scalar(let value)) = entry.fact,
          let (word, places) = word(of: value, kind)
        else { return false }
        set(column, word, places, member: member)
      }
      return true
    default: return false
    }
  }

  private mutating func setPosition(_ position: Int, of member: MemberPlace) {
    let column = layout.positionColumns[member.list]
    if column >= 0 { set(column, Int64(position), 0, member: member) }
  }

  /// Takes up single values as members of a list.
  private mutating func fill(
    _ values: FactList, _ list: Int, _ column: Int?, _ kind: ColumnKind
  ) -> Bool {
    guard values.completeUntil == nil else { return false }
    for (position, fact) in values.members.enumerated() {
      guard case .plain(.scalar(let value)) = fact else { return false }
      draft.addMember(of: list)
      guard let column else { continue }
      guard let (word, places) = word(of: value, kind) else { return false }
      set(column, word, places, member: MemberPlace(list: list, member: position))
    }
    return true
  }

  /// Takes up an entry of a series or of dated levels as a member of a list.
  private mutating func addEntry(
    _ key: Int64, _ fact: Fact, _ list: Int, _ keyColumn: Int, _ valueColumn: Int,
    _ kind: ColumnKind
  ) -> Bool {
    let member = MemberPlace(list: list, member: draft.lists[list].count)
    draft.addMember(of: list)
    set(keyColumn, key, 0, member: member)
    switch fact {
    case .absent: return true
    case .plain(.scalar(let value)):
      guard let (word, places) = word(of: value, kind) else { return false }
      set(valueColumn, word, places, member: member)
      return true
    default: return false
    }
  }

  /// Says that everything a target takes is absent; the outermost container is the reason.
  mutating func setAbsent(_ target: FieldTarget, member: MemberPlace?, isOutermost: Bool) {
    switch target {
    case .nothing: break
    case .column(let column, _), .judgement(let column): setUnknown(column, member: member)
    case .record(let targets, let container):
      if isOutermost, let container { setAbsent(container, member: member) }
      for target in targets { setAbsent(target, member: member, isOutermost: false) }
    case .money(let amount, let currency):
      for column in [amount, currency] { if let column { setUnknown(column, member: member) } }
    case .inner(_, _, let isGiven, let isEmptyWhenAbsent):
      if isEmptyWhenAbsent, isOutermost {
        set(isGiven, 1, 0, member: member)
      } else {
        setUnknown(isGiven, member: member)
      }
    case .entries(let list, _, _, _):
      draft.lists[list].isUnknown = true
      draft.hasUnknown = true
    case .lists(let targets):
      for target in targets { setAbsent(target, member: member, isOutermost: isOutermost) }
    case .list(let list, _, let isEmptyWhenAbsent), .tree(let list, _, _, _, let isEmptyWhenAbsent),
      .values(let list, _, _, let isEmptyWhenAbsent):
      // Inside an absent record even an `or empty` list is unknown.
      if !isEmptyWhenAbsent || !isOutermost {
        draft.lists[list].isUnknown = true
        draft.hasUnknown = true
      }
    case .series(let columns, _, let container):
      if isOutermost, let container { setAbsent(container, member: member) }
      for (_, column) in columns { setUnknown(column, member: member) }
    }
  }

  private mutating func setAbsent(_ container: Int, member: MemberPlace?) {
    guard let member else {
      draft.absent[container] = true
      draft.hasUnknown = true
      return
    }
    let width = members[member.list].containerCount
    draft.lists[member.list].absent[member.member * width + container] = true
  }

  private mutating func set(_ column: Int, _ word: Int64, _ places: Int, member: MemberPlace?) {
    let value = DraftCell(word: word, decimals: places, isUnknown: false)
    guard let member else {
      draft.cells[column] = value
      return
    }
    let cell = member.member * members[member.list].columnCount + column
    draft.lists[member.list].cells[cell] = value
  }

  private mutating func setUnknown(_ column: Int, member: MemberPlace?) {
    guard let member else { return draft.setUnknown(column) }
    let cell = member.member * members[member.list].columnCount + column
    draft.lists[member.list].cells[cell].isUnknown = true
  }

  /// The word of a value and, of a number, its decimals; nil where it does not fit.
  private mutating func word(of value: Value, _ kind: ColumnKind) -> (word: Int64, places: Int)? {
    switch (kind, value) {
    case (.number(let scale, _), .quantity(let value)):
      let number = scale.isOne ? value : try? value / scale
      if let parts = number?.smallParts, parts.denominator == 1 { return (parts.numerator, 0) }
      guard let number, let places = number.decimalPlaces, places <= 18,
        let factor = powerOfTen(places),
        let whole = (try? number * Fraction(Int(factor)))?.wholeValue
      else { return nil }
      return (Int64(whole), places)
    case (.code(.text), .text(let text)): return (word(ofText: text), 0)
    case (.code(.lei), .lei(let code)): return (word(ofText: code.text), 0)
    default: return WordCode.word(of: value).map { ($0, 0) }
    }
  }
}

extension Contract {
  /// Whether a fact or a judgement may change on some day.
  fileprivate var hasDays: Bool {
    !facts.allSatisfy(\.isPlain) || assessments.contains { $0.expires != nil }
  }
}

extension Fact {
  /// Whether nothing in it has a history, proof or an end of completeness.
  fileprivate var isPlain: Bool {
    switch self {
    case .absent: true
    case .versions: false
    case .plain(.scalar): true
    case .plain(.record(let facts)): facts.allSatisfy(\.isPlain)
    case .plain(.list(let list)): list.completeUntil == nil && list.members.allSatisfy(\.isPlain)
    case .plain(.series(let entries)): entries.allSatisfy(\.fact.isPlain)
    case .plain(.levels(let entries)): entries.allSatisfy(\.fact.isPlain)
    }
  }
}

extension ColumnChunk {
  /// The word of a text; one that the plan does not mention has a word of its own in the chunk
  /// where texts are told apart.
  mutating func word(ofText text: String) -> Int64 {
    if let word = layout.textWords[text] { return word }
    guard layout.plan.tellsTextsApart else { return WordCode.otherText }
    if let word = otherTexts[text] { return word }
    let word = WordCode.otherText - 1 - Int64(otherTexts.count)
    otherTexts[text] = word
    return word
  }
}
