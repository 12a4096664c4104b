// Types in the words of the person who writes a ruleset, and where an expression got its type.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource

extension Checking {
  /// A type in words with its article: "an amount in EUR", "a date".
  func words(_ type: ValueType) -> String {
    switch type {
    case .boolean: return "true or false"
    case .text: return "a text"
    case .date: return "a date"
    case .event: return "a date if any"
    case .quantity(let unit): return words(unit)
    case .wholeNumber: return "a whole number"
    case .ratio: return "a ratio"
    case .money: return "money in a currency of its own"
    case .period(let length): return length.map { "a \($0.noun)" } ?? "a period"
    case .duration: return "a length of calendar time"
    case .country: return "a country"
    case .currency: return "a currency"
    case .lei: return "an LEI"
    case .nace: return "a NACE code"
    case .enumeration(let id): return "one of `\(enumerations[id.index].name)`"
    case .record(let id), .chainEntity(let id): return "a record `\(records[id.index].name)`"
    case .list: return "a list"
    case .series(_, let length): return "a series by \(length.noun)"
    case .levels: return "a level by date"
    case .contract: return "a contract"
    case .unresolved: return "something else"
    }
  }

  private func words(_ unit: Unit) -> String {
    if unit.symbol.isEmpty { return "a plain number" }
    if unit.isPercentLike { return unit == .basisPoints ? "a rate in bps" : "a percentage" }
    if let code = unit.currencyCode { return "an amount in \(code)" }
    return "a quantity in `\(unit.symbol)`"
  }

  /// A type as it is written in a declaration: `EUR`, `percent`, `date if any`.
  func written(_ type: ValueType) -> String {
    switch type {
    case .boolean: return "boolean"
    case .text: return "text"
    case .date: return "date"
    case .event: return "date if any"
    case .quantity(.percent): return "percent"
    case .quantity(let unit): return unit.symbol.isEmpty ? "number" : unit.symbol
    case .wholeNumber: return "integer"
    case .ratio: return "ratio"
    case .money: return "money"
    case .period(let length): return length?.noun ?? "period"
    case .duration: return "duration"
    case .country: return "country"
    case .currency: return "currency"
    case .lei: return "lei"
    case .nace: return "nace"
    case .enumeration(let id): return enumerations[id.index].name
    case .record(let id), .chainEntity(let id): return records[id.index].name
    case .list(let element): return "list of \(written(element))"
    case .series(let element, let length): return "\(written(element)) by \(length.noun)"
    case .levels(let element): return "\(written(element)) by date"
    case .contract: return "contract"
    case .unresolved: return "…"
    }
  }

  /// The half of the story one operand tells: what it is, and where that was declared.
  func side(_ id: ExpressionID) -> [LabelledSpan] {
    let node = self[id]
    var spans = [LabelledSpan(node.span, words(node.type))]
    if let declaration = declaration(of: id) {
      spans.append(LabelledSpan(declaration, "declared here"))
    }
    return spans
  }

  /// Where the name that gives an expression its type was declared.
  private func declaration(of id: ExpressionID) -> SourceSpan? {
    switch self[id].kind {
    case .contractField(let index):
      return contractFields.indices.contains(index) ? contractFields[index].span : nil
    case .member(let base, let index): return field(index, of: type(of: base))?.span
    case .parameter(let parameter, _):
      return parameters.indices.contains(parameter.index) ? parameters[parameter.index].span : nil
    case .call(let define, _):
      return defines.indices.contains(define.index) ? defines[define.index].span : nil
    case .at(let base, _): return declaration(of: base)
    default: return nil
    }
  }

  /// A name of the ruleset with its article: "an `Owner`".
  func articled(_ name: String) -> String {
    let isVowel = name.utf8.first.map { "aeiouAEIOU".utf8.contains($0) } ?? false
    return "\(isVowel ? "an" : "a") `\(name)`"
  }

  /// The position of a field by its name; nil where the type has none of that name.
  func position(of name: String, in type: ValueType) -> Int? {
    let number: Int
    switch type {
    case .record(let record), .chainEntity(let record): number = record.index
    default: number = -1
    }
    guard let fields = recordFields(type) else { return nil }
    if let positions = fieldPositions[number] { return positions[name] }
    let positions = Dictionary(
      fields.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { one, _ in one })
    fieldPositions[number] = positions
    return positions[name]
  }

  /// The position of a member by its name.
  func position(of name: String, in id: EnumerationID) -> Int? {
    if let positions = memberPositions[id.index] { return positions[name] }
    let positions = Dictionary(
      enumerations[id.index].members.enumerated().map { ($0.element, $0.offset) },
      uniquingKeysWith: { one, _ in one })
    memberPositions[id.index] = positions
    return positions[name]
  }

  /// A field by position in a record, an entity of a chain or a contract.
  func field(_ index: Int, of type: ValueType) -> Field? {
    let fields: [Field]
    switch type {
    case .record(let id), .chainEntity(let id): fields = records[id.index].fields
    case .contract: fields = contractFields
    default: return nil
    }
    return fields.indices.contains(index) ? fields[index] : nil
  }
}
