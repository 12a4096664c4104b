// Values at a time: series, levels, parameters and facts read on a day; counting; events.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  /// `emissions at 2024`, `limit at signed`, `redeemed at p.decided`.
  func at(_ node: AtSyntax) -> ExpressionID {
    if case .name(let name) = node.base.unparenthesized, !isLocal(name.text),
      case .parameter(let id) = names.value(name.text)?.subject
    {
      _ = names.use(name.text)
      return parameter(id, at: node.point, span: node.span)
    }
    let base = expression(node.base)
    switch type(of: base) {
    case .unresolved:
      _ = operand(node.point)
      return unresolved(node.span)
    case .series(let element, let length):
      let point = operand(node.point, .period(length))
      guard checkLength(point, length, of: base) else { return unresolved(node.span) }
      return add(.at(base, time: point), element, node.span)
    case .levels(let element):
      return add(.at(base, time: dayOrEnd(node.point)), element, node.span)
    case let scalar:
      switch self[base].kind {
      case .contractField, .member:
        return add(.at(base, time: dayOrEnd(node.point)), scalar, node.span)
      default:
        _ = operand(node.point)
        report(
          TimePages.atOfNoFact, "`at` reads a fact, a series, a level or a parameter",
          at: node.base.span, "this is computed", also: [LabelledSpan(node.operatorSpan, "")],
          help: ["put `at` behind each fact in it"])
        return unresolved(node.span)
      }
    }
  }

  /// A day, or the last day of a period that stands for it.
  private func dayOrEnd(_ node: ExpressionSyntax) -> ExpressionID {
    let id = operand(node, .period(nil))
    switch type(of: id) {
    case .date, .event, .unresolved: return id
    case .period: return add(.periodEnd(id), .date, node.span)
    default:
      report(
        TypePages.wrongType, "behind `at` stands a day", at: node.span,
        "this is \(words(type(of: id)))",
        help: ["write a day such as `2021-12-31`, `signed` or `test_date`"])
      return unresolved(node.span)
    }
  }

  private func parameter(
    _ id: ParameterID, at node: ExpressionSyntax, span: SourceSpan
  ) -> ExpressionID {
    guard parameters.indices.contains(id.index) else { return unresolved(span) }
    let parameter = parameters[id.index]
    var countsYears = false
    if case .linear(_, _, let years) = parameter.course { countsYears = years }
    var point = operand(node, countsYears ? .period(.year) : .date)
    switch type(of: point) {
    case .date, .event, .unresolved: break
    case .period(let length):
      // Steps and paths over days read a period on its last day; a path over years by its year.
      if !countsYears || length != .year { point = add(.periodEnd(point), .date, node.span) }
    default:
      report(
        TypePages.wrongType, "behind `at` stands a day or a period", at: node.span,
        "this is \(words(type(of: point)))",
        also: [LabelledSpan(parameter.span, "the parameter is declared here")])
      return unresolved(span)
    }
    return add(.parameter(id, time: point), parameter.type, span)
  }

  /// Whether a point is a period of a series' length; reports where it is not.
  func checkLength(_ point: ExpressionID, _ length: PeriodLength, of series: ExpressionID) -> Bool {
    let span = self[point].span
    let written = text(of: span)
    switch type(of: point) {
    case .unresolved: return true
    case .period(let found):
      if found == nil || found == length { return true }
      report(
        TimePages.periodLengths, "the series has one value for every \(length.noun)", at: span,
        "this is \(words(type(of: point)))", also: side(series),
        help: ["write a \(length.noun), such as `\(example(length))`"])
    case .date, .event:
      report(
        TimePages.dateForPeriod, "a series is read for a \(length.noun), and this is a day",
        at: span, also: side(series),
        help: ["write `\(length.noun) of \(written)`"])
    default:
      report(
        TypePages.wrongType, "a series is read for a \(length.noun)", at: span,
        "this is \(words(type(of: point)))", also: side(series),
        help: ["write a \(length.noun), such as `\(example(length))`"])
    }
    return false
  }

  private func example(_ length: PeriodLength) -> String {
    switch length {
    case .year: "2024"
    case .halfYear: "2024-H1"
    case .quarter: "2024-Q1"
    case .month: "2024-03"
    }
  }

  /// `repaid by 2021-12-31`.
  func happenedBy(_ node: HappenedBySyntax) -> ExpressionID {
    let event = operand(node.event)
    let deadline = day(node.deadline, as: "the deadline")
    switch type(of: event) {
    case .event, .unresolved: break
    case .date:
      report(
        TimePages.notAnEvent, "only a `date if any` happens by a day", at: node.event.span,
        "this is a date that every contract has", also: Array(side(event).dropFirst()),
        help: [
          "compare: `\(text(of: node.event.span)) <= \(text(of: node.deadline.span))`",
          "or declare the field as `date if any`",
        ])
    default:
      report(
        TimePages.notAnEvent, "only a `date if any` happens by a day", at: node.event.span,
        "this is \(words(type(of: event)))", also: Array(side(event).dropFirst()))
    }
    return add(.happenedBy(event, deadline), .boolean, node.span)
  }

  /// `30 days after signed`.
  func after(_ node: AfterSyntax) -> ExpressionID {
    let length = operand(node.duration, fitting: .duration, as: "what stands before `after`")
    let date = day(node.day, as: "what stands behind `after`")
    if type(of: length) != .duration || type(of: date) == .unresolved {
      return unresolved(node.span)
    }
    return timeSum(date, length, isSubtracted: false, node.span, node.span)
      ?? unresolved(node.span)
  }

  /// `years completed from signed to as_of`.
  func elapsed(_ node: ElapsedSyntax) -> ExpressionID {
    let from = day(node.from, as: "the day counted from")
    let to = day(node.to, as: "the day counted to")
    let unit: TimeUnit
    switch node.unit {
    case .days: unit = .days
    case .months: unit = .months
    case .years: unit = .years
    default:
      report(
        TimePages.badDuration, "time is counted in days, months or years", at: node.span,
        help: ["write `days completed from A to B`, `months started from A to B`"])
      return unresolved(node.span)
    }
    if unit != .days {
      var isSure = false
      if case .literal(.date(let day)) = self[from].kind { isSure = day.day <= 28 }
      if !isSure { requireConvention(at: node.span) }
    }
    return add(
      .countTime(
        unit, node.counting == .completed ? .completed : .started, from: from, to: to, months),
      .wholeNumber, node.span)
  }

  /// `year of signed`.
  func periodOf(_ node: PeriodOfSyntax) -> ExpressionID {
    let length = PeriodLength(node.length)
    let day = operand(node.day, .date)
    switch type(of: day) {
    case .date, .event: return add(.periodOf(day, length), .period(length), node.span)
    case .unresolved: break
    case .period(let found):
      if let found, found <= length {
        let end = add(.periodEnd(day), .date, node.day.span)
        return add(.periodOf(end, length), .period(length), node.span)
      }
      fallthrough
    default:
      report(
        TypePages.wrongType, "`\(length.noun) of` takes a day", at: node.day.span,
        "this is \(words(type(of: day)))", also: Array(side(day).dropFirst()))
    }
    return unresolved(node.span)
  }
}
