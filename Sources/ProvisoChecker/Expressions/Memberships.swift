// Questions with `in`: dated lists, sets, collections, periods and the keys of a table.

import ProvisoModel
import ProvisoQuantities
import ProvisoSource
import ProvisoSyntax

extension Checking {
  func membership(_ node: MembershipSyntax) -> ExpressionID {
    if case .name(let name) = node.collection.unparenthesized, !isLocal(name.text),
      let declared = names.value(name.text)
    {
      switch declared.subject {
      case .list(let id):
        _ = names.use(name.text)
        return listed(node, name, id)
      case .table(let id):
        _ = names.use(name.text)
        return tableHas(node, id)
      default: break
      }
    }
    if let dating = node.dating {
      report(
        ReferencePages.notDated, "only a dated list is asked `by` a dating", at: dating.span,
        also: [LabelledSpan(node.collection.span, "this is no dated list")],
        help: ["leave out the dating"])
    } else if let moment = node.moment {
      let span = momentSpan(moment)
      report(
        ReferencePages.notDated, "only a dated list is asked on a day", at: span,
        also: [LabelledSpan(node.collection.span, "this is no dated list")],
        help: ["leave out the day"])
    }
    if case .tuple(let keys) = node.member {
      report(
        TypePages.wrongType, "several values are asked for in what is no table", at: keys.span,
        also: [LabelledSpan(node.collection.span, "not a table")])
      return unresolved(node.span)
    }
    return memberOf(node)
  }

  func isLocal(_ name: String) -> Bool {
    locals.contains { local in
      local.isImplicit ? position(of: name, in: local.type) != nil : local.name == name
    }
  }

  private func momentSpan(_ moment: MembershipSyntax.Moment) -> SourceSpan {
    switch moment {
    case .on(let day): day.span
    case .atAnyTime(let from, let to): from.span.joined(with: to.span)
    }
  }

  private func memberOf(_ node: MembershipSyntax) -> ExpressionID {
    let member = operand(node.member)
    let memberType = type(of: member)
    let isDay = memberType == .date || memberType == .event
    let hint: ValueType = isDay ? .period(nil) : .list(memberType)
    let collection = expression(node.collection, hint)
    let collectionType = type(of: collection)
    if memberType == .unresolved || collectionType == .unresolved {
      return add(.memberOf(member, collection), .boolean, node.span)
    }
    switch collectionType {
    case .period where isDay:
      return add(.dateInPeriod(member, collection), .boolean, node.span)
    case .list(let element):
      if element == .unresolved { break }
      if Measure(element) != nil, Measure(memberType) != nil {
        let example = add(.literal(.quantity(.one)), element, self[collection].span)
        _ = common(member, example, in: .comparison, at: node.operatorSpan)
      } else if !isSameKind(memberType, element) {
        report(
          TypePages.comparedTypes,
          "\(words(memberType)) cannot be among members of which each is \(words(element))",
          at: node.operatorSpan, also: side(member) + side(collection))
      }
    default:
      report(
        CollectionPages.notACollection, "`in` asks for a list, a set, a range or a period",
        at: node.collection.span, "this is \(words(collectionType))",
        also: Array(side(collection).dropFirst()))
      return unresolved(node.span)
    }
    return add(.memberOf(member, collection), .boolean, node.span)
  }

  private func isSameKind(_ left: ValueType, _ right: ValueType) -> Bool {
    switch (left, right) {
    case (.date, .event), (.event, .date), (.period, .period): true
    default: left == right
    }
  }

  // MARK: - Dated lists

  private func listed(
    _ node: MembershipSyntax, _ name: NameSyntax, _ id: ListID
  ) -> ExpressionID {
    guard lists.indices.contains(id.index) else { return unresolved(node.span) }
    let list = lists[id.index]
    let subject = operand(
      node.member, fitting: list.elementType, as: "what is looked for in `\(list.name)`",
      declaredAt: list.span)
    let dating = self.dating(node, list)
    let (delay, convention) = self.delay(node)
    let moment = self.moment(node, list)
    guard let dating, let moment else { return unresolved(node.span) }
    let question = ListedQuestion(
      subject: subject, list: id, dating: dating, delay: delay, delayConvention: convention,
      when: moment)
    return add(.listed(question), .boolean, node.span)
  }

  private func dating(_ node: MembershipSyntax, _ list: DatedList) -> Int? {
    guard let dating = node.dating else {
      if list.datings.count <= 1 { return 0 }
      let name = text(of: node.collection.span)
      let choices = list.datings.prefix(5).map { "`\(name) by \($0)`" }.joined(separator: " or ")
      report(
        ReferencePages.datingMissing, "`\(list.name)` has several datings: say by which",
        at: node.collection.span, also: [LabelledSpan(list.span, "declared here")],
        help: ["write \(choices)"])
      return nil
    }
    guard !dating.name.isMissing else { return nil }
    guard let index = list.datings.firstIndex(of: dating.name.text) else {
      let known = list.datings.filter { !$0.isEmpty }
      report(
        ReferencePages.unknownDating, "`\(list.name)` is not dated by `\(dating.name.text)`",
        at: dating.name.span, also: [LabelledSpan(list.span, "declared here")],
        help: suggestion(for: dating.name.text, among: known)
          + (known.isEmpty
            ? ["it has no named dating"]
            : [
              "it is dated by "
                + known.map { "`\($0)`" }.joined(separator: ", ")
            ]))
      return nil
    }
    return index
  }

  private func delay(_ node: MembershipSyntax) -> (CalendarDuration?, MonthConvention?) {
    guard let dating = node.dating, let shift = dating.shift else { return (nil, nil) }
    guard let length = fixedDuration(shift, as: "the delay of a list") else { return (nil, nil) }
    let signed = dating.isSubtracted ? length.reversed : length
    if length.months != 0 { requireConvention(at: shift.span) }
    return (signed, months)
  }

  private func moment(_ node: MembershipSyntax, _ list: DatedList) -> ListedTime? {
    switch node.moment {
    case .on(let day): return .on(self.day(day, as: "the day a list is asked on"))
    case .atAnyTime(let from, let to):
      return .anyTime(
        from: day(from, as: "the first day"), to: day(to, as: "the last day"))
    case nil:
      if list.entries.allSatisfy({ $0.spells.allSatisfy { $0?.from == nil && $0?.until == nil } }),
        list.datings == [""], place.hasTestDate
      {
        return .on(add(.testDate, .date, node.span))
      }
      report(
        ReferencePages.dayMissing, "`\(list.name)` changes over time: say on which day it is asked",
        at: node.span, also: [LabelledSpan(list.span, "declared here")],
        help: ["write `… on signed`, `… on test_date`, or a fixed day for a frozen list"])
      return nil
    }
  }

  // MARK: - Tables

  private func tableHas(_ node: MembershipSyntax, _ id: TableID) -> ExpressionID {
    guard tables.indices.contains(id.index) else { return unresolved(node.span) }
    let keyNodes: [ExpressionSyntax]
    switch node.member {
    case .tuple(let tuple): keyNodes = tuple.elements
    default: keyNodes = [node.member]
    }
    guard let keys = tableKeys(keyNodes, of: tables[id.index], at: node.member.span) else {
      return unresolved(node.span)
    }
    return add(.tableHas(id, keys), .boolean, node.span)
  }
}
