// Scoreboards in words: the standing of a mission, and of each period.

package import ProvisoModel
import ProvisoQuantities

/// Words for the scoreboards of one ruleset's missions.
package struct ScoreboardWords: Sendable {
  private let ruleset: CheckedRuleset
  private let printer: ValuePrinter

  /// Words for a ruleset.
  package init(_ ruleset: CheckedRuleset) {
    self.ruleset = ruleset
    printer = ValuePrinter(ruleset)
  }

  /// How a mission stands, in one sentence: the last period with a value asked of it, or why not.
  package func sentence(_ board: Scoreboard) -> Prose {
    guard let row = board.rows.last else {
      return "Pending: no period has ended since the baseline."
    }
    let period: Prose = "\(data: row.period.description)"
    let value = printed(row.value, board.type, against: row.required)
    switch row.outcome {
    case .met:
      return """
        On the way (\(period)): the indicator is \(value), and \
        \(asked(row, board)) is asked\(distance(row, board)).
        """
    case .breached:
      return """
        Behind (\(period)): the indicator is \(value), and \(asked(row, board)) is asked\
        \(distance(row, board)).
        """
    case .notApplicable:
      return """
        Measured (\(period)): the indicator is \(value); nothing is asked of this period\
        \(distance(row, board)).
        """
    default:
      let reasons = row.value.reasons.union(row.required?.reasons ?? .none)
      return "Cannot be said yet (\(period)): \(reasons.prose)."
    }
  }

  /// The standing of a period in a word or two.
  package func standing(_ row: ScoreboardRow) -> String {
    switch row.outcome {
    case .met: "on the way"
    case .breached: "behind"
    case .notApplicable: row.change == nil ? "baseline" : "measured"
    default: "not known"
    }
  }

  /// The cells of a period: value, what is asked, the change to the period before, the distance.
  package func cells(_ row: ScoreboardRow, of board: Scoreboard) -> [String] {
    [
      printed(row.value, board.type, against: row.required).text,
      row.required.map { printed($0, board.type, against: row.value).text } ?? "–",
      row.change.map { signed($0, board.type) } ?? "–",
      row.distance.map { signed($0, board.type) } ?? "–",
    ]
  }

  /// What a mission asks for: "100% reduction by 2045-12-31", "at least 37% by 2027-12-31".
  package func target(_ board: Scoreboard) -> Prose? {
    guard let target = mission(board)?.target else { return nil }
    let by: Prose = target.by.map { " by \(data: $0.iso)" } ?? ""
    switch target.direction {
    case .reduction, .increase:
      let share = printer.text(.quantity(target.value), .quantity(.percent))
      return "\(data: share) \(words: target.direction.rawValue)\(by)"
    case .atMost, .atLeast:
      let value = printer.text(.quantity(target.value), board.type)
      return "\(words: target.direction.rawValue) \(data: value)\(by)"
    }
  }

  /// How the mission gets there, as it says.
  package func path(_ board: Scoreboard) -> String {
    switch mission(board)?.path {
    case nil: "none stated"
    case .straight: "straight"
    case .parameter(let id): ruleset.parameters.indices.contains(id.index) ? ruleset[id].name : "?"
    }
  }

  /// An answer exactly, as software reads it.
  package func exact(_ answer: Answer?, _ board: Scoreboard) -> String? {
    answer.map { printer.exactText($0, board.type) }
  }

  /// The mission of a scoreboard; nil for one of another ruleset.
  package func mission(_ board: Scoreboard) -> Mission? {
    ruleset.missions.indices.contains(board.mission.index) ? ruleset[board.mission] : nil
  }

  private func asked(_ row: ScoreboardRow, _ board: Scoreboard) -> Prose {
    guard let required = row.required else { return "nothing" }
    let side: Prose =
      switch mission(board)?.target?.direction {
      case .increase, .atLeast: "at least "
      default: "at most "
      }
    return "\(side)\(printed(required, board.type, against: row.value))"
  }

  /// ", EUR 5.00 from the target"; nothing where it is reached or not known.
  private func distance(_ row: ScoreboardRow, _ board: Scoreboard) -> Prose {
    guard case .known(let value)? = row.distance, let by = mission(board)?.target?.by else {
      return ""
    }
    let isLess =
      switch mission(board)?.target?.direction {
      case .increase, .atLeast: true
      default: false
      }
    let sign: Int =
      switch value {
      case .quantity(let number), .money(let number, _): number.sign
      default: 0
      }
    guard isLess ? sign < 0 : sign > 0 else { return "; the target of \(data: by.iso) is reached" }
    let apart: String =
      switch value {
      case .quantity(let number):
        printer.quantityText(number.magnitude, unit(board), against: .zero)
      case .money(let number, let currency):
        printer.text(.money(number.magnitude, currency), .money)
      default: ""
      }
    return "; \(data: apart) from the target of \(data: by.iso)"
  }

  private func unit(_ board: Scoreboard) -> Unit {
    let unit = board.type.displayUnit ?? .one
    return unit == .percent ? .percentagePoints : unit
  }

  private func printed(_ answer: Answer, _ type: ValueType, against other: Answer?) -> Prose {
    if case .known(let value) = answer {
      let threshold: Value? = if case .known(let limit)? = other { limit } else { nil }
      return "\(data: printer.text(value, type, against: threshold))"
    }
    return "\(data: printer.text(answer, type))"
  }

  private func signed(_ answer: Answer, _ type: ValueType) -> String {
    guard case .known(let value) = answer else { return "not known" }
    let isPercent = type.displayUnit == .percent
    let number: Fraction
    let text: String
    switch value {
    case .quantity(let quantity):
      number = quantity
      text = printer.quantityText(
        quantity.magnitude, isPercent ? .percentagePoints : type.displayUnit ?? .one, against: .zero
      )
    case .money(let amount, let currency):
      number = amount
      text = printer.text(.money(amount.magnitude, currency), .money)
    default: return "not known"
    }
    return (number.sign < 0 ? "−" : number.sign > 0 ? "+" : "±") + text
  }
}
