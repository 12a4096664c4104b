// The schema of each kind of value, and of its forms with history and proof.

import ProvisoModel
import ProvisoQuantities

extension SchemaWriter {
  /// A reference to the schema of a fact of a type, in any of its forms but null.
  mutating func reference(to type: ValueType, isDated: Bool = false) -> SchemaTree {
    let name =
      slug(of: type) + (isDated ? ".dated" : "") + (modifiers.isElected ? ".elected" : "")
      + (modifiers.isAsPublished ? ".published" : "")
    let modifiers = self.modifiers
    let key = DefinitionKey(part: .fact, type: type, isDated: isDated, modifiers: modifiers)
    return reference(key, named: name) { writer in
      let plain = writer.plainReference(to: type)
      let versionKey = DefinitionKey(
        part: .version, type: type, isDated: isDated, modifiers: modifiers)
      let version = writer.reference(versionKey, named: name + ".version") {
        $0.version(of: plain, isDated: isDated)
      }
      let versions = SchemaTree.object([
        "type": .text("object"),
        "properties": .object([
          "versions": .object([
            "type": .text("array"), "minItems": .number(1), "items": version,
          ]),
          "note": .yes,
        ]),
        "required": .array([.text("versions")]), "additionalProperties": .no,
      ])
      return .object(["anyOf": .array([plain, version, versions])])
    }
  }

  /// A reference to the schema of a type's plain values.
  mutating func plainReference(to type: ValueType) -> SchemaTree {
    // The entries of a series or level may carry what the field's declaration allows.
    let isTimed =
      switch type {
      case .series, .levels: true
      default: false
      }
    let key = DefinitionKey(
      part: .plain, type: type, isDated: false,
      modifiers: isTimed ? modifiers : FieldModifiers())
    return reference(key, named: slug(of: type) + ".plain") { $0.plain(type) }
  }

  /// An object with a `value`, and the dates and proof that go with it.
  private mutating func version(of plain: SchemaTree, isDated: Bool) -> SchemaTree {
    var properties: [SchemaTree.Member] = [
      .init("value", .object(["anyOf": .array([plain, .object(["type": .text("null")])])])),
      .init("from", optionalDate("When it became true.")),
      .init("recorded", optionalDate("When it was learned.")),
      .init(
        "evidence",
        .object([
          "description": .text("The id of the item of evidence it rests on."),
          "type": .array([.text("string"), .text("null")]), "minLength": .number(1),
        ])),
    ]
    if isDated {
      properties.append(
        .init("complete until", optionalDate("The last day up to which the list is complete.")))
    }
    if modifiers.isElected {
      properties.append(.init("elected", optionalDate("The day on which the choice was made.")))
    }
    if modifiers.isAsPublished {
      properties.append(
        .init(
          "unrounded",
          .object([
            "description": .text("Whether the figure is filed as it is, not rounded."),
            "type": .array([.text("boolean"), .text("null")]),
          ])))
    }
    properties.append(.init("note", .yes))
    return .object([
      "type": .text("object"), "properties": .object(properties),
      "required": .array([.text("value")]), "additionalProperties": .no,
    ])
  }

  /// The schema of a value written plainly.
  private mutating func plain(_ type: ValueType) -> SchemaTree {
    switch type {
    case .boolean: return .object(["type": .text("boolean")])
    case .text: return .object(["type": .text("string")])
    case .date: return date("A date.")
    case .event:
      return .object([
        "description": .text("A date, or null for what has not happened."),
        "anyOf": .array([date(nil), .object(["type": .text("null")])]),
      ])
    case .quantity(let unit): return quantity(unit)
    case .wholeNumber: return wholeNumber()
    case .ratio: return ratio()
    case .money: return money()
    case .period(let length): return period(length)
    case .duration: return Self.string(Self.durationPattern, "A duration, such as `6 months`.")
    case .country: return codes(CountryCode.all.map(\.text), "A country of ISO 3166-1.")
    case .currency: return codes(CurrencyCode.all.map(\.text), "A currency of ISO 4217.")
    case .lei: return Self.string("^[0-9A-Z]{18}[0-9]{2}$", "A legal entity identifier.")
    case .nace:
      return Self.string("^([A-U]|[A-U]?[0-9]{2}(\\.[0-9]{1,2})?)$", "A code of NACE Rev. 2.")
    case .enumeration(let id):
      return codes(ruleset[id].members, "One of \(ruleset[id].name).")
    case .record(let id), .chainEntity(let id): return record(ruleset[id])
    case .list(let element):
      return .object(["type": .text("array"), "items": reference(to: element)])
    case .series(let element, let length):
      return entries(of: element, keys: Self.periodPattern(length), "Values by \(length.noun).")
    case .levels(let element):
      return entries(of: element, keys: Self.datePattern, "Values that hold from dates.")
    case .contract, .unresolved: return .yes
    }
  }

  private mutating func record(_ record: RecordType) -> SchemaTree {
    .object([
      "type": .text("object"),
      "properties": .object([.init("note", .yes)] + fields(of: record)),
      // An object with one of these keys is a value with its history, not the record itself.
      "not": .object([
        "anyOf": .array([
          .object(["required": .array([.text("value")])]),
          .object(["required": .array([.text("versions")])]),
        ])
      ]),
    ])
  }

  private mutating func entries(
    of element: ValueType, keys: String, _ description: String
  ) -> SchemaTree {
    .object([
      "description": .text(description),
      "type": .text("object"),
      "properties": .object(["note": .yes]),
      "propertyNames": .object([
        "anyOf": .array([
          .object(["pattern": .text(keys)]), .object(["const": .text("note")]),
        ])
      ]),
      "additionalProperties": .object([
        "anyOf": .array([reference(to: element), .object(["type": .text("null")])])
      ]),
    ])
  }

  private func codes(_ codes: [String], _ description: String) -> SchemaTree {
    .object(["description": .text(description), "enum": .array(codes.map(SchemaTree.text))])
  }

  // MARK: Time

  static let datePattern =
    "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
  private static let durationPart = "[0-9]{1,6} (business days?|days?|months?|years?)"
  private static let durationPattern = "^\(durationPart)( and \(durationPart))*$"

  /// A date that has to be given.
  func date(_ description: String?) -> SchemaTree {
    var members: [SchemaTree.Member] = []
    if let description { members.append(.init("description", .text(description))) }
    members += [
      .init("type", .text("string")), .init("format", .text("date")),
      .init("pattern", .text(Self.datePattern)),
    ]
    return .object(members)
  }

  /// A date that may be null.
  func optionalDate(_ description: String) -> SchemaTree {
    .object([
      "description": .text(description),
      "anyOf": .array([date(nil), .object(["type": .text("null")])]),
    ])
  }

  /// A period's text, of one length or of any.
  static func periodPattern(_ length: PeriodLength?) -> String {
    switch length {
    case .year?: "^(?!0000)[0-9]{4}$"
    case .halfYear?: "^(?!0000)[0-9]{4}-H[12]$"
    case .quarter?: "^(?!0000)[0-9]{4}-Q[1-4]$"
    case .month?: "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$"
    case nil: "^(?!0000)[0-9]{4}(-H[12]|-Q[1-4]|-(0[1-9]|1[0-2]))?$"
    }
  }

  private func period(_ length: PeriodLength?) -> SchemaTree {
    let text = Self.string(Self.periodPattern(length), "A \(length?.noun ?? "period").")
    guard length == nil || length == .year else { return text }
    let number = SchemaTree.object([
      "type": .text("integer"), "minimum": .number(1000), "maximum": .number(9999),
    ])
    return .object(["anyOf": .array([text, number])])
  }

  /// A string that fits a pattern.
  static func string(_ pattern: String, _ description: String) -> SchemaTree {
    .object([
      "description": .text(description), "type": .text("string"), "pattern": .text(pattern),
    ])
  }

  // MARK: Names

  /// A name for a type's definition, of characters that need no escape in a reference.
  private func slug(of type: ValueType) -> String {
    switch type {
    case .quantity(let unit): "quantity-" + Self.slug(unit.symbol.isEmpty ? "number" : unit.symbol)
    case .record(let id), .chainEntity(let id): "record-" + Self.slug(ruleset[id].name)
    case .enumeration(let id): "enumeration-" + Self.slug(ruleset[id].name)
    case .list(let element): "list-" + slug(of: element)
    case .series(let element, let length): slug(of: element) + "-by-" + length.noun
    case .levels(let element): slug(of: element) + "-by-date"
    case .period(let length): length?.noun ?? "period"
    case .wholeNumber: "whole-number"
    default: "\(type)"
    }
  }

  private static func slug(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": result.unicodeScalars.append(scalar)
      case "/": result += "-per-"
      case "*": result += "-times-"
      case "%": result += "percent"
      default: result += "-"
      }
    }
    return result
  }
}
