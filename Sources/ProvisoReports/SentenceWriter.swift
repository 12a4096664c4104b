// The sentence: what a test came to and why, in words that can be read aloud.

package import ProvisoModel
package import ProvisoQuantities
import ProvisoSource

/// Writes the sentences of one ruleset's verdicts.
package struct SentenceWriter: Sendable {
  private let finder: FindingWriter
  private let ruleset: CheckedRuleset

  /// A writer for verdicts of a ruleset.
  package init(_ ruleset: CheckedRuleset) {
    self.ruleset = ruleset
    finder = FindingWriter(ruleset)
  }

  /// The sentence of one test, with the remarks that belong to it behind it.
  ///
  /// Where the truth came from an empty list or the absence of something, the first sentence says
  /// so. Without a derivation the requirement is quoted instead of its figures.
  package func sentence(
    for test: TestVerdict, of condition: Condition, asOf: CalendarDate
  ) -> Prose {
    let opening = opening(for: test, of: condition, asOf: asOf)
    let remarks = test.remarks.compactMap { closingRemark($0, test) }
    // Where the cure is not open, no payment would have done.
    let isSpent = test.remarks.contains { if case .cureSpent = $0 { true } else { false } }
    let payment = isSpent ? [] : test.payment.map { [self.payment($0, test)] } ?? []
    return Prose.joined([opening] + remarks + payment, by: " ")
  }

  /// What payment would cure, beside what was paid.
  private func payment(_ payment: CurePayment, _ test: TestVerdict) -> Prose {
    let printer = finder.printer
    guard case .known(let least) = payment.needed else {
      let reasons = payment.needed.reasons
      return reasons.isEmpty
        ? "No payment was found that would cure it."
        : "What payment would cure it cannot be said yet, because \(reasons.prose)."
    }
    // Rounded, if it must be, to the side on which it still cures.
    let needed = ConsequenceWords(ruleset).bound(
      Remedy(path: "", type: payment.type, relation: .atLeast, value: least))
    let more: Prose = payment.isExclusive ? "more than " : ""
    let paid: Prose
    if case .known(let value) = payment.paid {
      paid = "\(data: printer.text(value, payment.type)) was paid"
    } else {
      paid = "how much was paid is not known"
    }
    switch test.beneath ?? test.outcome {
    case .inCure: return "A payment of \(more)\(data: needed) cures it; so far \(paid)."
    case .cured: return "A payment of \(more)\(data: needed) was needed; \(paid)."
    default: return "A payment of \(more)\(data: needed) would have cured it; \(paid)."
    }
  }

  /// The sentence of a condition without tests.
  package static let nothingToTest: Prose = "Met: nothing to test."

  private func opening(
    for test: TestVerdict, of condition: Condition, asOf: CalendarDate
  ) -> Prose {
    let whom: Prose = (test.memberTitle ?? test.member).map { " (\(data: $0))" } ?? ""
    switch test.outcome {
    case .breached: return "Breached\(whom): \(reasonsOfFailure(test, condition))."
    case .met: return "Met\(whom): \(reasonsOfSuccess(test, condition))."
    case .inCure:
      let last = test.remarks.firstDate { if case .curableUntil(let day) = $0 { day } else { nil } }
      let until: Prose = last.map { " until \(data: $0.iso)" } ?? ""
      return "In cure\(until)\(whom): \(reasonsOfFailure(test, condition))."
    case .cured:
      let day = test.remarks.firstDate { if case .curedOn(let day) = $0 { day } else { nil } }
      let on: Prose = day.map { " on \(data: $0.iso)" } ?? ""
      let cure = Prose.joined(absences(test) + howCured(test), by: "; ")
      let how: Prose = cure.isEmpty ? "" : ": \(cure)"
      return """
        Cured\(on)\(whom)\(how). Before that: \
        \(reasonsOfFailure(test, condition, tellsAbsences: false)).
        """
    case .exempt: return "Exempt\(whom)\(exemption(test))."
    case .notApplicable: return "Not applicable\(whom): \(whyNotApplicable(test, condition))."
    case .pending: return pending(test, condition, whom, asOf)
    case .undetermined:
      return """
        Cannot be said yet\(whom): \(whatIsUnknown(test, condition))\(bounds(test, condition)).\
        \(otherwise(test, condition))
        """
    case .waived: return waived(test, condition, whom, asOf)
    case .notGoverned: return "Not governed: the ruleset is not for this contract."
    }
  }

  // MARK: Bodies

  private func reasonsOfFailure(
    _ test: TestVerdict, _ condition: Condition, tellsAbsences: Bool = true
  ) -> Prose {
    var lacks: [Prose] = []
    for case .missingEvidenceIsBreach(let kind) in test.remarks {
      let by: Prose = test.dueDate.map { " by \(data: $0.iso)" } ?? ""
      lacks.append("no evidence \(code: kind) of the level asked for was received\(by)")
    }
    // Without a derivation, or where the statement itself holds, the lack alone is the reason.
    if !lacks.isEmpty, statementFails(test, condition) != true {
      return Prose.joined(lacks, by: "; ")
    }
    let body = body(test, condition, holds: false, tellsAbsences: tellsAbsences)
    return Prose.joined(lacks + [body], by: "; ")
  }

  /// Whether the statement of the condition is decided against it; nil without a derivation.
  private func statementFails(_ test: TestVerdict, _ condition: Condition) -> Bool? {
    guard let clause = test.derivation?.clause(condition.polarity.rawValue) else { return nil }
    return clause.truth == (condition.polarity == .requires ? .false : .true)
  }

  /// What put it right, where the condition has a cure test of its own.
  private func howCured(_ test: TestVerdict) -> [Prose] {
    guard let clause = test.derivation?.clause("cure"), clause.truth == .true else { return [] }
    return [finder.findings(clause, goal: true, style: .plain).prose(period: "")]
  }

  private func reasonsOfSuccess(_ test: TestVerdict, _ condition: Condition) -> Prose {
    if test.remarks.contains(.nothingToTest) { return "nothing to test" }
    return body(test, condition, holds: true)
  }

  private func body(
    _ test: TestVerdict, _ condition: Condition, holds: Bool, tellsAbsences: Bool = true
  ) -> Prose {
    let absences = tellsAbsences ? absences(test) : []
    let isRequirement = condition.polarity == .requires
    let period: Prose = test.period.map { " (\(data: $0.description))" } ?? ""
    if let clause = test.derivation?.clause(condition.polarity.rawValue) {
      let findings = finder.findings(
        clause, goal: isRequirement, style: isRequirement ? .requirement : .prohibition)
      if absences.isEmpty { return findings.prose(period: period) }
      // The absence is told already; a finding that says no more than that is left out.
      let telling = findings.filter { !$0.isVacuous }
      // What failed is the news, and what it rests on stands behind it.
      if !holds, !telling.isEmpty {
        let untold = self.absences(test, besides: telling)
        return telling.prose(period: period, aside: Prose.joined(untold, by: "; "))
      }
      let told = telling.isEmpty ? [] : [telling.prose(period: period)]
      return Prose.joined(absences + told, by: "; ")
    }
    let source = finder.quotes.text(of: requirementSpan(condition)) ?? condition.name
    let verb: Prose
    switch (isRequirement, holds) {
    case (true, true): verb = "what is required holds: "
    case (true, false): verb = "what is required does not hold: "
    case (false, true): verb = "what is forbidden is not the case: "
    case (false, false): verb = "what is forbidden is the case: "
    }
    return Prose.joined(absences + ["\(verb)\(code: source)\(period)"], by: "; ")
  }

  private func requirementSpan(_ condition: Condition) -> SourceSpan? {
    let index = condition.requirement.index
    return ruleset.expressions.indices.contains(index) ? ruleset.expressions[index].span : nil
  }

  /// What the truth rests on that is not there; said in the first sentence.
  ///
  /// - Parameter findings: What is said anyhow; an event that they tell has not happened needs no
  ///   second word.
  private func absences(_ test: TestVerdict, besides findings: [Finding] = []) -> [Prose] {
    var lists: [Prose] = []
    var subjects: [Prose] = []
    for remark in test.remarks {
      switch remark {
      case .restsOnEmptyList(let list): lists.append(list.isEmpty ? "" : "\(code: list)")
      case .restsOnAbsence(let subject):
        let isTold = findings.contains { $0.tellsAbsence && $0.fact.pieces.first == .code(subject) }
        if !isTold { subjects.append("\(code: subject)") }
      default: break
      }
    }
    var result: [Prose] = []
    switch lists.count {
    case 0: break
    case 1: result.append(lists[0].isEmpty ? "the list is empty" : "the list \(lists[0]) is empty")
    default:
      result.append(
        "the lists \(lists.filter { !$0.isEmpty }.enumerated(upTo: sentenceLimit)) are empty")
    }
    if !subjects.isEmpty {
      result.append("this rests on the absence of \(subjects.enumerated(upTo: sentenceLimit))")
    }
    return result
  }

  private func exemption(_ test: TestVerdict) -> Prose {
    for case .exemptBy(let title, let under) in test.remarks {
      let clause: Prose = under.map { " under \(data: $0)" } ?? ""
      let applies: Prose = "“\(data: title)” applies\(why(title, test))"
      return "\(clause): \(Prose.joined([applies] + absences(test), by: "; "))"
    }
    return ": an exception applies"
  }

  /// The statements behind an exception.
  private func why(_ title: String, _ test: TestVerdict) -> Prose {
    guard
      let step = test.derivation?.children.first(where: { $0.operation == .exception(title) })
    else { return "" }
    return ", because \(finder.findings(step, goal: true, style: .plain).prose(period: ""))"
  }

  private func whyNotApplicable(_ test: TestVerdict, _ condition: Condition) -> Prose {
    let absences = absences(test)
    guard let clause = test.derivation?.clause("applies when") else {
      let source = condition.appliesWhen.flatMap { id in
        ruleset.expressions.indices.contains(id.index)
          ? finder.quotes.text(of: ruleset.expressions[id.index].span) : nil
      }
      let rule: Prose =
        source.map { "it applies when \(code: $0), which is not so" }
        ?? "it does not apply"
      return Prose.joined(absences + [rule], by: "; ")
    }
    let findings = finder.findings(clause, goal: true, style: .application)
    return Prose.joined(absences + [findings.prose(period: "")], by: "; ")
  }

  private func pending(
    _ test: TestVerdict, _ condition: Condition, _ whom: Prose, _ asOf: CalendarDate
  ) -> Prose {
    for case .willBeBreached(let day) in test.remarks {
      return """
        Pending\(whom): it will be breached on \(data: day.iso), for it is certain already: \
        \(reasonsOfFailure(test, condition)).
        """
    }
    guard let testDate = test.testDate else {
      return "Pending\(whom): the event that it is tested on has not happened."
    }
    let open: Prose = test.reasons.isEmpty ? "" : "; still open: \(test.reasons.prose)"
    let due: Prose
    if let dueDate = test.dueDate, dueDate != testDate {
      due = ", due on \(data: dueDate.iso)"
    } else {
      due = ""
    }
    if asOf < testDate {
      return "Pending\(whom): it is tested on \(data: testDate.iso)\(due)\(open)."
    }
    return "Pending\(whom): it was tested on \(data: testDate.iso)\(due)\(open)."
  }

  private func whatIsUnknown(_ test: TestVerdict, _ condition: Condition) -> Prose {
    let reasons: Prose = test.reasons.isEmpty ? "a fact is missing" : test.reasons.prose
    if test.testDate == nil, condition.forEach != nil, test.member == nil {
      return "whether there is more to test is not known, because \(reasons)"
    }
    if test.testDate == nil { return "the test date cannot be computed, because \(reasons)" }
    if test.dueDate == nil { return "the due date cannot be computed, because \(reasons)" }
    return reasons
  }

  /// What the statement itself came to, where evidence, a doubt or an exception leaves it open.
  private func otherwise(_ test: TestVerdict, _ condition: Condition) -> Prose {
    guard test.testDate != nil, test.dueDate != nil,
      let clause = test.derivation?.clause(condition.polarity.rawValue), clause.truth != .unknown,
      let fails = statementFails(test, condition)
    else { return "" }
    let body = body(test, condition, holds: !fails, tellsAbsences: false)
    return fails
      ? " Unless that decides otherwise it is breached: \(body)."
      : " On what is reported the figures would do: \(body)."
  }

  /// What is certain of a figure that is not fully known: "; so far `count(…)` is from 2 to 4; …".
  private func bounds(_ test: TestVerdict, _ condition: Condition) -> Prose {
    let isRequirement = condition.polarity == .requires
    guard let clause = test.derivation?.clause(condition.polarity.rawValue) else { return "" }
    let ranges = finder.findings(
      clause, goal: isRequirement, style: isRequirement ? .requirement : .prohibition
    ).filter(\.isRange)
    return ranges.isEmpty ? "" : "; so far \(ranges.prose(period: ""))"
  }

  private func waived(
    _ test: TestVerdict, _ condition: Condition, _ whom: Prose, _ asOf: CalendarDate
  ) -> Prose {
    var opening: Prose = "Waived\(whom)."
    for case .waivedBy(let by, let granted, let why) in test.remarks {
      opening = "Waived\(whom) by \(data: by) on \(data: granted.iso): “\(data: why)”."
    }
    guard let beneath = test.beneath, beneath != .waived else { return opening }
    let covered = TestVerdict(
      period: test.period, member: test.member, memberTitle: test.memberTitle,
      testDate: test.testDate, dueDate: test.dueDate,
      outcome: beneath, beneath: nil, reasons: test.reasons, remarks: test.remarks,
      requests: test.requests, lastCureDay: test.lastCureDay, finalDay: test.finalDay,
      derivation: test.derivation)
    return "\(opening) Beneath the waiver: \(self.opening(for: covered, of: condition, asOf: asOf))"
  }

  // MARK: Remarks

  /// A remark that follows the sentence; nil for those the sentence itself tells.
  private func closingRemark(_ remark: Remark, _ test: TestVerdict) -> Prose? {
    switch remark {
    case .lateEvidence(let kind, let days):
      return "The evidence \(code: kind) came late by \(words: dayCount(days))."
    case .cureSpent(let why): return "It is not open to cure (\(Prose(marked: why)))."
    case .curableAtAnyTime: return "It can be cured at any time."
    case .curableUntil(let day):
      return test.outcome == .inCure ? nil : "It can be cured until \(data: day.iso)."
    case .exemptBy, .waivedBy, .willBeBreached, .missingEvidenceIsBreach, .curedOn,
      .restsOnEmptyList, .restsOnAbsence, .nothingToTest:
      return nil
    }
  }
}

extension [Remark] {
  /// The first day that one of the remarks tells.
  fileprivate func firstDate(_ day: (Remark) -> CalendarDate?) -> CalendarDate? {
    for remark in self {
      if let found = day(remark) { return found }
    }
    return nil
  }
}
