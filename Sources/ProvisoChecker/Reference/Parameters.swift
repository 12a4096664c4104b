// Parameters: values that hold from dates, and straight paths between points.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  func parameter(_ node: ParameterSyntax) -> Parameter {
    let type = self.type(node.type, named: node.name.text)
    switch type {
    case .list, .record, .series, .levels, .contract:
      report(
        TypePages.notScalar, "\(words(type)) cannot be a parameter", at: node.type.span,
        help: ["a parameter holds single values"])
    default: break
    }
    let course: ParameterCourse
    switch node.values {
    case .steps(let timeline): course = steps(timeline, type, node)
    case .linear(let timeline, let then): course = path(timeline, then, type, node)
    }
    return Parameter(name: node.name.text, type: type, course: course, span: node.name.span)
  }

  private func steps(
    _ timeline: TimelineSyntax, _ type: ValueType, _ node: ParameterSyntax
  ) -> ParameterCourse {
    if timeline.kind == .at {
      report(
        ReferencePages.badPath, "values `at` points need `linear` before the brace",
        at: timeline.span,
        help: ["write `linear { … at 2024 }` for a path, or `{ … from 2024-01-01 }` for steps"])
      return .steps([])
    }
    var steps: [(step: ParameterStep, span: SourceSpan)] = []
    for entry in timeline.entries {
      let value = constant(
        entry.value, type, as: "a value of `\(node.name.text)`", declaredAt: node.type.span)
      let from = constantDay(entry.point, as: "the first day of a value")
      guard let value, let from else { continue }
      if let last = steps.last, from <= last.step.from {
        report(
          ReferencePages.unsortedPoints,
          from == last.step.from ? "two values from one day" : "these days are not in order",
          at: entry.point.span, also: [LabelledSpan(last.span, "the value before")],
          help: ["list the values from the earliest day to the latest, each day once"])
        continue
      }
      steps.append((ParameterStep(from: from, value: value), entry.point.span))
    }
    return .steps(steps.map(\.step))
  }

  private func path(
    _ timeline: TimelineSyntax, _ then: ExpressionSyntax?, _ type: ValueType,
    _ node: ParameterSyntax
  ) -> ParameterCourse {
    if timeline.kind == .from {
      report(
        ReferencePages.badPath, "the points of a path stand `at` years or days", at: timeline.span,
        help: ["write `linear { 0% at 2019, 50% at 2024 }`"])
      return .linear([], then: nil, countsYears: true)
    }
    if Measure(type) == nil || type == .money, type != .unresolved {
      report(
        ReferencePages.badPath, "no straight line goes through \(words(type))",
        at: node.type.span, help: ["a path goes through numbers, percentages or quantities"])
      return .linear([], then: nil, countsYears: true)
    }
    var points: [(point: PathPoint, isYear: Bool, span: SourceSpan)] = []
    for entry in timeline.entries {
      let value = constant(
        entry.value, type, as: "a value of `\(node.name.text)`", declaredAt: node.type.span)
      guard case .quantity(let value) = value, let place = pathPoint(entry.point) else { continue }
      if let last = points.last {
        if last.isYear != place.isYear {
          report(
            ReferencePages.mixedPoints, "a path goes by years or by days, not by both",
            at: entry.point.span, also: [LabelledSpan(last.span, "the point before")],
            help: ["write every point as a day, such as `2024-12-31`"])
          continue
        }
        if place.position <= last.point.position {
          report(
            ReferencePages.unsortedPoints,
            place.position == last.point.position
              ? "two points at one place" : "these points are not in order",
            at: entry.point.span, also: [LabelledSpan(last.span, "the point before")],
            help: ["list the points from the earliest to the latest, each once"])
          continue
        }
      }
      points.append(
        (
          PathPoint(
            position: place.position, text: text(of: entry.point.span), value: value),
          place.isYear, entry.point.span
        ))
    }
    if points.count == 1, timeline.entries.count == 1 {
      report(
        ReferencePages.badPath, "one point makes no path", at: timeline.span,
        help: ["give a second point, or declare a step: `{ 50% from 2024-01-01 }`"])
    }
    var last: Fraction?
    if let then,
      case .quantity(let value) = constant(
        then, type, as: "the value after the last point")
    {
      last = value
    }
    return .linear(points.map(\.point), then: last, countsYears: points.first?.isYear ?? true)
  }

  private func pathPoint(_ node: ExpressionSyntax) -> (position: Int, isYear: Bool)? {
    let id = at(Place.nowhere) { operand(node, .period(.year)) }.result
    switch self[id].kind {
    case .literal(.period(let period)) where period.length == .year: return (period.year, true)
    case .literal(.date(let date)): return (Int(date.dayNumber), false)
    default:
      if type(of: id) != .unresolved {
        report(
          ReferencePages.badPath, "a point of a path is a year or a day", at: node.span,
          "this is \(words(type(of: id)))", help: ["write `at 2024` or `at 2024-12-31`"])
      }
      return nil
    }
  }
}
