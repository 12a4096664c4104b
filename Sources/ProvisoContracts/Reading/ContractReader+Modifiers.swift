// What a field's declaration adds to its values: the day of a choice, the last digit of a figure.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

/// What the declaration of the field being read says of its values.
struct FieldModifiers: Hashable {
  var isElected = false
  var isAsPublished = false
}

extension ContractReader {
  /// Reads `elected`, the day on which a choice was made.
  mutating func readElected(in entry: inout Entry) -> CalendarDate? {
    guard let node = entry.values["elected"] else { return nil }
    guard modifiers.isElected else {
      reportStray("elected", "a choice", "elected by \"borrower\"", at: node, in: &entry)
      return nil
    }
    return readOptionalDate("elected", in: &entry)
  }

  /// Reads `unrounded`: whether the figure is filed as it is, not as it was published.
  mutating func readUnrounded(in entry: inout Entry) -> Bool {
    guard let node = entry.values["unrounded"], document[node].kind != .null else { return false }
    guard modifiers.isAsPublished else {
      reportStray("unrounded", "a figure as published", "as published", at: node, in: &entry)
      return false
    }
    switch document[node].kind {
    case .yes: return true
    case .no: return false
    default:
      report(
        ContractCode.wrongKind, at: node,
        "`unrounded` takes true or false, and this is \(kindWords(of: node))",
        help: "write `\"unrounded\": true` where the figure is not rounded")
      entry.isWrong = true
      return false
    }
  }

  private mutating func reportStray(
    _ key: String, _ what: String, _ declaration: String, at node: JSONNodeID,
    in entry: inout Entry
  ) {
    report(
      ContractCode.annotation, at: node,
      "`\(key)` belongs to \(what), and `\(fieldName)` is none",
      help: "remove it; the ruleset declares such a field `\(fieldName) : …, \(declaration)`")
    entry.isWrong = true
  }

  /// Half a unit of the last digit written, where the field takes figures as published.
  func halfUnit(of node: JSONNodeID, _ value: FactValue, _ type: ValueType) -> Fraction? {
    guard modifiers.isAsPublished, case .scalar(.quantity(let base)) = value else { return nil }
    var node = node
    if document[node].kind == .object, let amount = document.value(of: "amount", in: node) {
      node = amount
    }
    let text = document.text(of: node)
    let scale = type.displayUnit?.scale ?? .one
    switch document[node].kind {
    case .number:
      guard let place = Fraction.lastPlace(ofDecimal: text),
        case .success(let written) = Fraction.parse(decimal: text.utf8, underscoresAllowed: false)
      else { return nil }
      return .halfUnit(place: place, written: written, value: base, scale: scale)
    case .string:
      guard case .success(let written) = WrittenQuantity.read(text) else { return nil }
      return .halfUnit(place: written.place, written: written.number, value: base, scale: scale)
    default: return nil
    }
  }
}
