// How the members of nested lists hang together: who stands inside whom, and who is who.

import ProvisoModel

/// The place of a tree's member. Members stand contract after contract, outer ones before those
/// inside them.
package struct TreeLink: Hashable, BitwiseCopyable, Sendable {
  /// Whose list it is in, as a position among its contract's members; -1: the outermost.
  package let parent: Int32
  /// Its position in that list.
  package let position: Int32
  /// The first of its contract's members that is the same entity.
  package let entity: Int32
}

/// Entities by what identifies them: few are looked through, many are looked up.
struct EntityIndex: Sendable {
  private var few: [(value: Value, member: Int32)] = []
  private var many: [Value: Int32] = [:]

  mutating func removeAll() {
    if !few.isEmpty { few.removeAll(keepingCapacity: true) }
    if !many.isEmpty { many.removeAll(keepingCapacity: true) }
  }

  /// The member that an identity was met with first: this one, where it is new.
  mutating func first(_ value: Value, _ member: Int32) -> Int32 {
    if many.isEmpty {
      for entry in few where entry.value == value { return entry.member }
      few.append((value, member))
      if few.count > 16 {
        for entry in few { many[entry.value] = entry.member }
      }
      return member
    }
    if let known = many[value] { return known }
    many[value] = member
    return member
  }
}

extension ColumnChunk {
  /// How deep the lists of a tree may be inside one another: deeper ones are irregular.
  private static var treeDepth: Int { 64 }

  /// Puts the members of a list, and those inside them, into a tree; false where one of them has no
  /// place in columns.
  mutating func fillTree(
    _ list: Int, _ members: FactList, _ targets: [FieldTarget], _ follow: Int, _ identity: [Int],
    parent: Int32, depth: Int
  ) -> Bool {
    guard members.completeUntil == nil, depth < Self.treeDepth else { return false }
    for (position, fact) in members.members.enumerated() {
      guard case .plain(.record(let facts)) = fact else { return false }
      let member = draft.lists[list].count
      draft.addMember(of: list)
      let place = MemberPlace(list: list, member: member)
      guard fill(facts, targets, member: place) else { return false }
      var entity = Int32(member)
      for field in identity where facts.indices.contains(field) {
        guard case .plain(.scalar(let value)) = facts[field], value != Value.none else { continue }
        entity = draft.lists[list].entities.first(value, entity)
        break
      }
      draft.lists[list].links.append(
        TreeLink(parent: parent, position: Int32(position), entity: entity))
      guard follow >= 0, facts.indices.contains(follow) else { continue }
      switch facts[follow] {
      case .absent: break
      case .plain(.list(let inner)):
        guard
          fillTree(
            list, inner, targets, follow, identity, parent: Int32(member), depth: depth + 1)
        else { return false }
      default: return false
      }
    }
    return true
  }
}
