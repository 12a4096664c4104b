// The schema of evidence, assessments and waivers.

import ProvisoModel
import ProvisoQuantities

extension SchemaWriter {
  func evidence() -> SchemaTree {
    let kinds = ruleset.conditions.flatMap { $0.evidence.map(\.kind) }
    var asked: [String] = []
    for kind in kinds where !asked.contains(kind) { asked.append(kind) }
    let ask = asked.isEmpty ? "" : " Conditions ask for: \(asked.joined(separator: ", "))."
    return entries(
      "Documents and certificates that were received.",
      required: [
        .init("id", text("The name by which facts refer to it.")),
        .init("kind", text("What kind of evidence it is.\(ask)")),
        .init(
          "level",
          .object([
            "description": .text("How sure somebody independent is of it, weakest first."),
            "enum": .array(AssuranceLevel.allCases.map { .text($0.name) }),
          ])),
        .init("received", date("When it was received.")),
      ],
      optional: [
        .init(
          "covers",
          .object([
            "description": .text("The period it covers."),
            "anyOf": .array([
              .object(["type": .text("string"), "pattern": .text(Self.periodPattern(nil))]),
              .object(["type": .text("null")]),
            ]),
          ])),
        .init("recorded", optionalDate("When it was entered.")),
      ])
  }

  mutating func assessments() -> SchemaTree {
    let fields = assessedFields()
    guard !fields.isEmpty else {
      return .object([
        "description": .text("Recorded judgements; the ruleset asks for none."),
        "type": .array([.text("array"), .text("null")]), "maxItems": .number(0),
      ])
    }
    let base = entries(
      "Recorded judgements: who, when, why.",
      required: [
        .init("field", text("The field's path, such as `borrower.owners[0].name`.")),
        .init("value", .yes), .init("by", text("Who made it.")),
        .init("on", date("When it was made.")), .init("why", text("Why it was judged so.")),
      ],
      optional: [
        .init("expires", optionalDate("The last day on which it holds.")),
        .init("recorded", optionalDate("When it was entered.")),
      ],
      forms: fields.map { name, types in
        .object([
          "properties": .object([
            "field": .object(["pattern": .text("(^|\\.)\(name)$")]),
            "value": .object(["anyOf": .array(types)]),
          ])
        ])
      })
    return base
  }

  /// The assessed fields by their own name, with the schemas of the values they take.
  private mutating func assessedFields() -> [(name: String, types: [SchemaTree])] {
    var found: [(name: String, types: [SchemaTree])] = []
    for record in [ruleset.contract] + ruleset.records {
      for field in record.fields where field.assessor != nil {
        let type = plainReference(to: field.type)
        if let index = found.firstIndex(where: { $0.name == field.name }) {
          if !found[index].types.contains(type) { found[index].types.append(type) }
        } else {
          found.append((field.name, [type]))
        }
      }
    }
    return found
  }

  func waivers() -> SchemaTree {
    let names = ruleset.conditions.filter { !$0.isPortfolio }.map(\.name)
    // Where a condition is tested for each member, a test may be called by its member's name.
    let test: [SchemaTree.Member] =
      ruleset.conditions.contains { $0.forEach != nil }
      ? [.init("minLength", .number(1))]
      : [
        .init(
          "anyOf",
          .array([
            .object(["pattern": .text(Self.periodPattern(nil))]),
            .object(["pattern": .text(Self.datePattern)]),
          ]))
      ]
    return entries(
      "Recorded decisions not to rely on a breach.",
      required: [
        .init(
          "condition",
          .object([
            "description": .text("The condition it lies over."),
            "enum": .array(names.map(SchemaTree.text)),
          ])),
        .init("granted", date("When it was granted.")), .init("by", text("Who granted it.")),
        .init("why", text("Why it was granted.")),
      ],
      optional: [
        .init(
          "tests",
          .object([
            "description": .text("The tests it covers, by period or date; all where left out."),
            "type": .array([.text("array"), .text("null")]),
            "items": .object([.init("type", .text("string"))] + test),
          ])),
        .init("expires", optionalDate("It covers tests due up to this day.")),
        .init("recorded", optionalDate("When it was entered.")),
      ])
  }

  /// A list of objects with fixed keys.
  private func entries(
    _ description: String, required: [SchemaTree.Member], optional: [SchemaTree.Member],
    forms: [SchemaTree] = []
  ) -> SchemaTree {
    var item: [SchemaTree.Member] = [
      .init("type", .text("object")),
      .init("properties", .object(required + optional + [.init("note", .yes)])),
      .init("required", .array(required.map { .text($0.key) })),
      .init("additionalProperties", .no),
    ]
    if !forms.isEmpty { item.append(.init("anyOf", .array(forms))) }
    return .object([
      "description": .text(description),
      "type": .array([.text("array"), .text("null")]), "items": .object(item),
    ])
  }

  private func text(_ description: String) -> SchemaTree {
    .object([
      "description": .text(description), "type": .text("string"), "minLength": .number(1),
    ])
  }
}
