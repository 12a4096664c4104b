// The JSON Schema of a ruleset's contracts: what other software can check before we read.

package import ProvisoModel
import ProvisoQuantities

/// The JSON Schema (2020-12) of the contracts a ruleset reads.
///
/// It accepts every contract that `readContract` accepts, and refuses what a schema can refuse:
/// kinds, units, codes, the forms of dates, periods and histories. What it cannot say is left to
/// the reader: check digits, 30 February, references to evidence, keys given twice, the limits of
/// numbers.
///
/// The text is the same for the same ruleset: everything is in the order of declaration.
package func contractSchema(of ruleset: CheckedRuleset) -> String {
  var writer = SchemaWriter(ruleset: ruleset)
  var text = ""
  writer.contract().write(to: &text)
  return text + "\n"
}

/// What a definition of the schema describes, so that it is made once.
struct DefinitionKey: Hashable {
  enum Part: Hashable { case fact, plain, version }
  let part: Part
  let type: ValueType
  /// Whether it is about a list whose members are dated.
  let isDated: Bool
  /// Whether it is about a choice, which has a day, or a figure as published.
  var modifiers = FieldModifiers()
}

/// Builds the schema, and collects the definitions it refers to.
struct SchemaWriter {
  let ruleset: CheckedRuleset
  /// What the declaration of the field being described says of its values.
  var modifiers = FieldModifiers()
  /// In the order in which they were first needed.
  private var definitions: [SchemaTree.Member] = []
  /// The name under which each definition is kept. Lookup only.
  private var names: [DefinitionKey: String] = [:]
  private var takenNames: Set<String> = []

  init(ruleset: CheckedRuleset) {
    self.ruleset = ruleset
  }

  /// The whole schema.
  mutating func contract() -> SchemaTree {
    var properties: [SchemaTree.Member] = [
      .init("$schema", .yes), .init("note", .yes),
      .init(
        "id",
        .object([
          "description": .text("The name by which reports and the ledger call the contract."),
          "type": .text("string"), "minLength": .number(1), "maxLength": .number(200),
          "pattern": .text(
            "^[^\\u0000-\\u0020\\u007f]([^\\u0000-\\u001f\\u007f]*[^\\u0000-\\u0020\\u007f])?$"),
        ])),
    ]
    properties += fields(of: ruleset.contract)
    properties += [
      .init("evidence", evidence()), .init("assessments", assessments()),
      .init("waivers", waivers()),
    ]
    return .object([
      .init("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      .init("title", .text(ruleset.title.isEmpty ? ruleset.name : ruleset.title)),
      .init("description", .text(summary)),
      .init("type", .text("object")),
      .init("required", .array([.text("id")])),
      .init("properties", .object(properties)),
      .init("$defs", .object(definitions)),
    ])
  }

  private var summary: String {
    var text = "A contract for the ruleset \(ruleset.name)"
    if !ruleset.version.isEmpty { text += ", version \(ruleset.version)" }
    if let source = ruleset.source { text += " (\(source))" }
    return text + "."
  }

  /// One property for each field of a record type.
  mutating func fields(of record: RecordType) -> [SchemaTree.Member] {
    record.fields.map { field in
      SchemaTree.Member(field.name, described(field))
    }
  }

  private mutating func described(_ field: Field) -> SchemaTree {
    if let assessor = field.assessor {
      return .object([
        "description": .text(
          "\(declaration(of: field)). Assessed by \(assessor): written under `assessments`."),
        "type": .text("null"),
      ])
    }
    let outer = modifiers
    modifiers = FieldModifiers(isElected: field.elector != nil, isAsPublished: field.isAsPublished)
    defer { modifiers = outer }
    let fact = reference(to: field.type, isDated: field.datedBy != nil)
    return .object([
      "description": .text(declaration(of: field)),
      "anyOf": .array([fact, .object(["type": .text("null")])]),
    ])
  }

  /// The field as the ruleset declares it.
  private func declaration(of field: Field) -> String {
    let source = ruleset.sources.first { $0.id == field.span.source }
    guard let text = source?.text(of: field.span), !text.isEmpty else { return field.name }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: Definitions

  /// A reference to a definition, which is made when it is needed for the first time.
  ///
  /// - Parameters:
  ///   - key: What the definition describes.
  ///   - preferredName: Letters, digits, `-` and `.` only.
  mutating func reference(
    _ key: DefinitionKey, named preferredName: String,
    _ make: (inout SchemaWriter) -> SchemaTree
  ) -> SchemaTree {
    if let name = names[key] { return Self.pointer(to: name) }
    var name = preferredName
    var number = 2
    while takenNames.contains(name) {
      name = "\(preferredName)-\(number)"
      number += 1
    }
    takenNames.insert(name)
    names[key] = name
    // The place is kept before the body is made, because a record may refer to itself.
    let position = definitions.count
    definitions.append(.init(name, .yes))
    definitions[position] = .init(name, make(&self))
    return Self.pointer(to: name)
  }

  private static func pointer(to name: String) -> SchemaTree {
    .object(["$ref": .text("#/$defs/\(name)")])
  }
}
