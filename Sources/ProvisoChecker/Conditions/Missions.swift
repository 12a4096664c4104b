// Missions: public purposes with an indicator, a baseline, a target and a date, or mere wishes.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

/// The entries of a mission, each at most once.
private struct MissionEntries {
  var indicator: ExpressionSyntax?
  var baseline: ExpressionSyntax?
  var target: MissionTargetSyntax?
  var path: NameSyntax?
  var reportedBy: StringSyntax?
  var source: StringSyntax?
}

extension Checking {
  func checkMissions() {
    let served = servedMissions()
    for case .mission(let node) in declarations {
      let entries = entries(node)
      let baseline = entries.baseline.flatMap(baseline)
      var indicator: ExpressionID?
      var slotCount = 0
      if let written = entries.indicator {
        let place = Place(
          words: "a mission", hasTestDate: true, hasAsOf: true,
          period: .known(baseline?.length ?? .year), hasContracts: true)
        (indicator, slotCount) = at(place) {
          let id = operand(written)
          if Measure(type(of: id)) == nil, type(of: id) != .unresolved {
            report(
              TypePages.wrongType, "an indicator is a quantity", at: written.span,
              "this is \(words(type(of: id)))")
          }
          return id
        }
      }
      let indicatorType = indicator.map { type(of: $0) } ?? .unresolved
      let target = entries.target.flatMap { self.target($0, indicatorType) }
      missions.append(
        Mission(
          name: node.name.text, title: node.title?.text ?? node.name.text, indicator: indicator,
          baseline: baseline, target: target,
          path: entries.path.flatMap { path($0, entries, target, baseline, indicatorType) },
          reportedBy: entries.reportedBy?.text, slotCount: slotCount, span: node.name.span))
      warnOfWishes(node, entries, served)
    }
  }

  private func entries(_ node: MissionSyntax) -> MissionEntries {
    var entries = MissionEntries()
    for entry in node.entries {
      let isTwice: Bool
      switch entry {
      case .indicator(let value, _):
        isTwice = entries.indicator != nil
        entries.indicator = value
      case .baseline(let value, _):
        isTwice = entries.baseline != nil
        entries.baseline = value
      case .target(let value):
        isTwice = entries.target != nil
        entries.target = value
      case .path(let value, _):
        isTwice = entries.path != nil
        entries.path = value
      case .reportedBy(let value, _):
        isTwice = entries.reportedBy != nil
        entries.reportedBy = value
      case .source(let value, _):
        isTwice = entries.source != nil
        entries.source = value
      }
      if isTwice {
        report(
          NamePages.entryTwice, "the mission `\(node.name.text)` says this twice", at: entry.span,
          help: ["keep one of the two"])
      }
    }
    return entries
  }

  private func baseline(_ node: ExpressionSyntax) -> Period? {
    guard case .period(let period) = constant(node, .period(nil), as: "a baseline") else {
      return nil
    }
    return period
  }

  private func target(_ node: MissionTargetSyntax, _ indicator: ValueType) -> MissionTarget? {
    let date = node.date.flatMap { constantDay($0, as: "the date of a target") }
    guard let direction = node.direction else {
      let written = text(of: node.amount.span)
      report(
        ConditionPages.targetWithoutDirection, "`\(written)` more, or less?", at: node.amount.span,
        help: ["write `\(written) reduction` or `\(written) increase`, a share of the baseline"])
      return nil
    }
    let isOwnValue = direction == .atMost || direction == .atLeast
    if isOwnValue, indicator == .unresolved { return nil }
    if isOwnValue, indicator == .money {
      report(
        TypePages.wrongType, "a value of `money` is asked for in one currency only",
        at: node.amount.span, "the indicator carries its currency",
        help: ["convert the amounts: `sum(c.amount converted to EUR by … on … for c in contracts)`"]
      )
      return nil
    }
    guard
      case .quantity(let value) = constant(
        node.amount, isOwnValue ? indicator : .quantity(.percent), as: "a target")
    else { return nil }
    return MissionTarget(direction: targetDirection(direction), value: value, by: date)
  }

  private func targetDirection(
    _ direction: MissionTargetSyntax.Direction
  ) -> MissionTarget.Direction {
    switch direction {
    case .reduction: .reduction
    case .increase: .increase
    case .atMost: .atMost
    case .atLeast: .atLeast
    }
  }

  /// The path to the target: `straight`, or a parameter that says what is asked of each period.
  private func path(
    _ node: NameSyntax, _ entries: MissionEntries, _ target: MissionTarget?, _ baseline: Period?,
    _ indicator: ValueType
  ) -> MissionPath? {
    guard !node.isMissing else {
      hasError = true
      return nil
    }
    guard let written = entries.target else {
      report(
        ConditionPages.badPath, "a path leads to a target, and this mission has none",
        at: node.span, help: ["write `target 50% reduction by 2030-12-31`"])
      return nil
    }
    if node.text == "straight" {
      guard let by = target?.by, let baseline else {
        if entries.baseline == nil || written.date == nil {
          report(
            ConditionPages.badPath, "a straight path leads from a baseline to a day",
            at: node.span, help: ["write `baseline 2019` and `target … by 2030-12-31`"])
        }
        return nil
      }
      if by <= baseline.end {
        report(
          ConditionPages.badPath, "the target's day \(by) is not after the baseline \(baseline)",
          at: node.span, help: ["a path leads forward"])
        return nil
      }
      return .straight
    }
    guard case .parameter(let id) = names.use(node.text) else {
      report(
        ConditionPages.badPath, "no parameter is called `\(node.text)`", at: node.span,
        help: suggestion(for: node.text, among: parameters.map(\.name) + ["straight"])
          + ["write `path straight`, or the name of a parameter"])
      return nil
    }
    guard let target, parameters.indices.contains(id.index) else { return nil }
    let isShare = target.direction == .reduction || target.direction == .increase
    let type = parameters[id.index].type
    guard isShare ? type.displayUnit == .percent : isComparable(type, indicator) else {
      report(
        ConditionPages.badPath,
        isShare
          ? "the path is a share of the baseline, like the target"
          : "the path is a value of the indicator, like the target",
        at: node.span, "this is \(words(type))",
        also: [LabelledSpan(written.span, "the target")],
        help: isShare
          ? ["declare it in percent: `parameter \(node.text) : percent linear { … }`"] : [])
      return nil
    }
    return .parameter(id)
  }

  /// Whether values of two types are of one kind, so that one can be asked of the other.
  private func isComparable(_ type: ValueType, _ other: ValueType) -> Bool {
    switch (Measure(type), Measure(other)) {
    case (.unit(let one), .unit(let two)): one.dimension == two.dimension
    case (.percent, .ratio), (.ratio, .percent), (.percent, .percent): true
    case (.whole, .number), (.number, .whole): true
    case (let one?, let two?): one == two
    default: false
    }
  }

  /// The missions that a condition with a consequence serves.
  private func servedMissions() -> Set<String> {
    var served = Set<String>()
    for case .condition(let condition) in declarations {
      var names: [String] = []
      var hasConsequence = false
      for clause in condition.clauses {
        switch clause {
        case .serves(let missions, _): names += missions.map(\.text)
        case .consequence: hasConsequence = true
        default: continue
        }
      }
      if hasConsequence { served.formUnion(names) }
    }
    return served
  }

  private func warnOfWishes(
    _ node: MissionSyntax, _ entries: MissionEntries, _ served: Set<String>
  ) {
    let lacks: [(DiagnosticPage, Bool, String, String)] = [
      (
        ConditionPages.noIndicator, entries.indicator == nil, "it has no indicator",
        "indicator sum(c.emissions at period for c in contracts)"
      ),
      (
        ConditionPages.noBaseline, entries.baseline == nil, "it has no baseline", "baseline 2019"
      ),
      (
        ConditionPages.noTarget, entries.target == nil, "it has no target",
        "target 50% reduction by 2030-12-31"
      ),
      (
        ConditionPages.noDate, entries.target != nil && entries.target?.date == nil,
        "it has no date", "target … by 2030-12-31"
      ),
      (
        ConditionPages.noReporter, entries.reportedBy == nil, "nobody reports on it",
        "reported by \"Environment agency\""
      ),
    ]
    for (page, isLacking, words, example) in lacks where isLacking {
      report(
        page, "mission `\(node.name.text)` is a wish: \(words)", at: node.name.span,
        help: ["write `\(example)`"])
    }
    if !served.contains(node.name.text) {
      report(
        ConditionPages.notServed,
        "mission `\(node.name.text)` is a wish: no condition with a consequence serves it",
        at: node.name.span,
        help: ["write `serves \(node.name.text)` and `on breach …` in a condition"])
    }
  }
}
