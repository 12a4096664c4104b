// Which constructs a ruleset uses: every node of its tree, once.

package import ProvisoSyntax

/// Collects the constructs of a text. The switches name every case of the tree, so that a new form
/// of the language does not compile before it has been given a place here.
package struct ConstructUse {
  /// What was found.
  package private(set) var found: Set<Construct> = []

  package init() {}

  package mutating func add(_ constructs: Construct...) { found.formUnion(constructs) }

  /// Looks at a whole file.
  package mutating func read(_ file: FileSyntax) {
    for declaration in file.declarations { read(declaration) }
  }

  private mutating func read(_ declaration: DeclarationSyntax) {
    switch declaration {
    case .ruleset(let node): header(node)
    case .import: add(.import)
    case .unit: add(.unit)
    case .contract(let node):
      add(.contract)
      fields(node.fields)
    case .record(let node):
      add(.record)
      fields(node.fields)
      if !node.identifiedBy.isEmpty { add(.identified) }
      if node.identifiedBy.count > 1 { add(.identifiedElse) }
    case .type(let node):
      add(.type)
      type(node.type)
    case .list(let node): list(node)
    case .rates(let node): rates(node)
    case .parameter(let node):
      type(node.type)
      switch node.values {
      case .steps(let line):
        add(.steps)
        timeline(line)
      case .linear(let line, let then):
        add(.path)
        timeline(line)
        if let then { read(then) }
      }
    case .table(let node): table(node)
    case .mission(let node): mission(node)
    case .define(let node):
      add(.define)
      if !node.parameters.isEmpty { add(.defineOf) }
      for parameter in node.parameters { type(parameter.type) }
      if let written = node.type { type(written) }
      switch node.body {
      case .value(let value): read(value)
      case .fold(let fold):
        add(.fold)
        for part in [fold.from, fold.to, fold.first, fold.then] { read(part) }
      }
      exceptions(node.exceptions, source: node.source)
    case .determination(let node):
      add(.determination)
      if let written = node.type { type(written) }
      read(node.value)
      exceptions(node.exceptions, source: node.source)
    case .exceptions(let node):
      add(.exceptions)
      for parameter in node.parameters { type(parameter.type) }
      for exemption in node.exemptions {
        add(.unless)
        read(exemption.condition)
      }
    case .condition(let node): condition(node)
    case .conserve(let node): conserve(node)
    case .scenario(let node): scenario(node)
    }
  }

  private mutating func header(_ node: RulesetHeaderSyntax) {
    add(.ruleset)
    for entry in node.entries {
      switch entry {
      case .version: add(.version)
      case .issuer: add(.issuer)
      case .source: add(.source)
      case .governs(let governs):
        read(governs.subject)
        if let from = governs.from {
          add(.governsFrom)
          read(from)
        }
        if let until = governs.until {
          add(.governsUntil)
          read(until)
        }
      case .months: add(.months)
      case .holidays: add(.holidays)
      }
    }
  }

  private mutating func fields(_ nodes: [FieldSyntax]) {
    for node in nodes {
      type(node.type)
      if node.assessor != nil { add(.assessed) }
      if node.elector != nil { add(.elected) }
      if node.bestEvidence != nil { add(.bestEvidence) }
      if node.asPublished != nil { add(.asPublished) }
    }
  }

  mutating func type(_ node: TypeSyntax) {
    switch node {
    case .missing: break
    case .named(let unit): named(unit.text)
    case .dateIfAny: add(.dateIfAny)
    case .oneOf: add(.oneOf)
    case .list(let list):
      add(.listOf)
      type(list.element)
      if list.isEmptyWhenAbsent { add(.orEmpty) }
      if list.datedBy != nil { add(.datedField) }
    case .series(let element, _, _):
      type(element)
      add(.series)
    case .level(let element, _):
      type(element)
      add(.levels)
    }
  }

  private mutating func named(_ name: String) {
    switch name {
    case "boolean": add(.boolean)
    case "text": add(.text)
    case "date": add(.date)
    case "country": add(.country)
    case "currency": add(.currency)
    case "lei": add(.lei)
    case "nace": add(.nace)
    case "money": add(.money)
    case "percent": add(.percent)
    case "number": add(.number)
    case "count": add(.count)
    case "integer": add(.integer)
    case "duration": add(.duration)
    case "ratio": add(.ratio)
    case "year", "half-year", "quarter", "month", "period": add(.periodType)
    default: add(name.first?.isUppercase == true && name.count > 3 ? .declaredType : .unitType)
    }
  }

  private mutating func list(_ node: ListSyntax) {
    type(node.elementType)
    switch node.members {
    case .file(_, let entries):
      add(.listFromFile)
      for entry in entries {
        switch entry {
        case .column: add(.entriesIn)
        case .dating: add(.datedBy)
        }
      }
    case .inline(let members):
      add(.listInText)
      for member in members {
        read(member.value)
        for spell in member.spells {
          add(.memberSpell)
          read(spell.from)
          if let until = spell.until { read(until) }
        }
      }
    }
  }

  private mutating func rates(_ node: RatesSyntax) {
    add(.rates)
    for entry in node.entries {
      switch entry {
      case .quoted: add(.quoted)
      case .dates, .currencies, .rates: add(.rateColumns)
      }
    }
  }

  private mutating func table(_ node: TableSyntax) {
    for key in node.keys { type(key.type) }
    type(node.resultType)
    switch node.content {
    case .file: add(.tableFromFile)
    case .rows(let rows):
      add(.tableRows)
      for row in rows {
        cells(row.cells)
        result(row.result)
      }
    case .crosswise(let crosswise):
      add(.tableAcross)
      cells(crosswise.columns)
      for row in crosswise.rows {
        cells(row.cells)
        for each in row.results { result(each) }
      }
    }
  }

  private mutating func cells(_ nodes: [CellSyntax]) {
    for node in nodes {
      switch node {
      case .value(let value): read(value)
      case .range: add(.cellRange)
      case .orMore: add(.cellOrMore)
      case .over: add(.cellOver)
      case .under: add(.cellUnder)
      case .fromUntil: add(.cellFromUntil)
      case .other: add(.cellOther)
      case .any: add(.cellAny)
      }
    }
  }

  private mutating func result(_ node: TableResultSyntax) {
    switch node {
    case .value(let value): read(value)
    case .undetermined: add(.tableUndetermined)
    }
  }

  private mutating func mission(_ node: MissionSyntax) {
    add(.mission)
    for entry in node.entries {
      switch entry {
      case .indicator(let value, _):
        add(.indicator)
        read(value)
      case .baseline(let value, _):
        add(.baseline)
        read(value)
      case .target(let target):
        read(target.amount)
        switch target.direction {
        case .reduction, .increase, nil: add(.targetShare)
        case .atMost, .atLeast: add(.targetValue)
        }
        if let date = target.date {
          add(.targetBy)
          read(date)
        }
      case .path(let name, _): add(name.text == "straight" ? .pathStraight : .pathNamed)
      case .reportedBy: add(.reported)
      case .source: add(.source)
      }
    }
  }

  private mutating func exceptions(_ nodes: [ValueExceptionSyntax], source: StringSyntax?) {
    if source != nil { add(.source) }
    for node in nodes {
      add(.valueUnless)
      read(node.condition)
      read(node.value)
    }
  }

  private mutating func conserve(_ node: ConserveSyntax) {
    add(.conserve)
    for entry in node.entries {
      switch entry {
      case .whole(let value, _): read(value)
      case .parts(let parts, _):
        for part in parts {
          if case .amount(let value) = part { read(value) }
        }
      case .source: add(.source)
      }
    }
  }

  /// Values along time.
  mutating func timeline(_ node: TimelineSyntax) {
    for entry in node.entries {
      read(entry.value)
      read(entry.point)
    }
  }
}
