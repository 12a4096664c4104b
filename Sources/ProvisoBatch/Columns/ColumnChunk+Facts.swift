// Puts the facts of a contract that has been read into a row.

import ProvisoModel
import ProvisoPlan
import ProvisoQuantities

extension ColumnChunk {
  /// Fills the draft; false where something the plan reads has no place in columns: a history,
  /// proof, an end of completeness.
  mutating func fill(_ contract: Contract) -> Bool {
    guard contract.evidence.isEmpty, contract.waivers.isEmpty else { return false }
    return fill(contract.facts, layout.root, member: nil) && fill(contract.assessments)
  }

  /// Takes up judgements; false where one of them needs more than a look: it expires, became known
  /// on some day, or is not the only one.
  private mutating func fill(_ judgements: [Assessment]) -> Bool {
    for judgement in judgements {
      guard let column = layout.judgements[judgement.field], judgement.by == column.assessor,
        judgement.on <= layout.plan.asOf
      else { continue }
      guard judgement.expires == nil, judgement.recorded == nil, draft.unknown[column.position],
        let (word, places) = word(of: judgement.value, column.kind)
      else { return false }
      set(column.position, word, places, member: nil)
    }
    return true
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
    case (.levels(let list, let kind), .plain(.levels(let entries))):
      return fill(entries, list, kind)
    case (.list(let list, let targets, _), .plain(.list(let members))):
      guard members.completeUntil == nil else { return false }
      for (position, fact) in members.members.enumerated() {
        guard case .plain(.record(let facts)) = fact else { return false }
        draft.addMember(of: list)
        let place = MemberPlace(list: list, member: position)
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

  /// Takes up the entries of a dated level: days in the first column, values in the second.
  private mutating func fill(_ entries: [LevelEntry], _ list: Int, _ kind: ColumnKind) -> Bool {
    for (position, entry) in entries.enumerated() {
      draft.addMember(of: list)
      let member = MemberPlace(list: list, member: position)
      let columns = layout.memberColumns[list]
      for (column, id) in columns.enumerated() {
        if layout.plan.columns[id.index].path == [0] {
          set(column, Int64(entry.date.dayNumber), 0, member: member)
          continue
        }
        switch entry.fact {
        case .absent: break
        case .plain(.scalar(let value)):
          guard let (word, places) = word(of: value, kind) else { return false }
          set(column, word, places, member: member)
        default: return false
        }
      }
    }
    return true
  }

  /// Says that everything a target takes is absent; the outermost container is the reason.
  mutating func setAbsent(_ target: FieldTarget, member: MemberPlace?, isOutermost: Bool) {
    switch target {
    case .nothing: break
    case .column(let column, _), .judgement(let column): setUnknown(column, member: member)
    case .record(let targets, let container):
      if isOutermost, let container { setAbsent(container, member: member) }
      for target in targets { setAbsent(target, member: member, isOutermost: false) }
    case .levels(let list, _):
      draft.lists[list].isUnknown = true
      draft.hasUnknown = true
    case .lists(let targets):
      for target in targets { setAbsent(target, member: member, isOutermost: isOutermost) }
    case .list(let list, _, let isEmptyWhenAbsent), .tree(let list, _, _, _, let isEmptyWhenAbsent):
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
    guard let member else {
      draft.words[column] = word
      draft.decimals[column] = places
      draft.unknown[column] = false
      return
    }
    let cell = member.member * members[member.list].columnCount + column
    draft.lists[member.list].words[cell] = word
    draft.lists[member.list].decimals[cell] = places
    draft.lists[member.list].unknown[cell] = false
  }

  private mutating func setUnknown(_ column: Int, member: MemberPlace?) {
    guard let member else { return draft.setUnknown(column) }
    let cell = member.member * members[member.list].columnCount + column
    draft.lists[member.list].unknown[cell] = true
  }

  /// The word of a value and, of a number, its decimals; nil where it does not fit.
  private func word(of value: Value, _ kind: ColumnKind) -> (word: Int64, places: Int)? {
    switch (kind, value) {
    case (.number(let scale, _), .quantity(let value)):
      guard let number = try? value / scale, let places = number.decimalPlaces, places <= 18,
        let factor = powerOfTen(places),
        let whole = (try? number * Fraction(Int(factor)))?.wholeValue
      else { return nil }
      return (Int64(whole), places)
    case (.code(.text), .text(let text)): return (layout.textWords[text] ?? WordCode.otherText, 0)
    case (.code(.lei), .lei(let code)):
      return (layout.textWords[code.text] ?? WordCode.otherText, 0)
    default: return WordCode.word(of: value).map { ($0, 0) }
    }
  }
}
