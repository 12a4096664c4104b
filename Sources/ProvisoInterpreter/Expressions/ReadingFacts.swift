// Facts as the contract gives them: which version, which assessment, which member is seen.

import ProvisoModel
import ProvisoQuantities

extension Evaluation {
  /// A field of the contract, read on the frame's day.
  mutating func contractField(_ index: Int) -> Term {
    guard contract.facts.indices.contains(index) else {
      return .unknown(reason(.missingFact))
    }
    let prepared = prepared
    return read(
      contract.facts[index], prepared.contractFields[index], prepared.contractPaths[index])
  }

  /// `x.field`: of a record, of an entity of a chain.
  mutating func member(of owner: ExpressionID, field: Int) -> Term {
    // A path of names is one fact, not one step per dot.
    let isPath =
      switch prepared.expressions[owner.index].kind {
      case .contractField, .variable, .member: true
      default: false
      }
    switch isPath ? compute(owner) : evaluate(owner) {
    case .scalar(let found): return .unknown(found.reasons)
    case .record(let record): return read(field, of: record)
    case .list, .series, .levels: return .unknown(reason(.missingFact))
    }
  }

  /// A field of a record.
  mutating func read(_ field: Int, of record: RecordTerm) -> Term {
    guard let declared = self.field(field, of: record.type) else {
      return .unknown(reason(.missingFact))
    }
    switch record.content {
    case .facts(let facts):
      guard facts.indices.contains(field) else { return .unknown(reason(.missingFact)) }
      return read(facts[field], declared, .field(record.path, declared.name))
    case .terms(let terms):
      trace?.note(.part)
      guard terms.indices.contains(field), let term = terms[field] else {
        return .unknown(
          ReasonSet(Reason(.missingFact, subject: frame.scope, detail: declared.name)))
      }
      return term
    case .entity(let entity): return read(field, declared, of: entity)
    }
  }

  /// The contract itself, or the one at a position of the portfolio.
  func contract(at position: Int?) -> Contract {
    guard let position, let portfolio, portfolio.members.indices.contains(position) else {
      return contract
    }
    return portfolio.members[position].contract
  }

  /// A field of a record type, or of the contract.
  func field(_ index: Int, of record: RecordID?) -> PreparedField? {
    guard let record else {
      return prepared.contractFields.indices.contains(index) ? prepared.contractFields[index] : nil
    }
    let fields = prepared.recordFields[record.index]
    return fields.indices.contains(index) ? fields[index] : nil
  }

  /// The known value of a field of a record, where that is all that matters; no step is kept.
  func knownValue(_ index: Int, of record: RecordTerm) -> Value? {
    guard case .facts(let facts) = record.content, facts.indices.contains(index),
      let field = field(index, of: record.type), field.assessor == nil
    else { return nil }
    switch facts[index] {
    case .plain(.scalar(let value)): return value
    case .plain, .absent: return nil
    case .versions:
      guard case .version(let version) = reading(of: facts[index], field, record.path),
        case .scalar(let value)? = version.value
      else { return nil }
      return value
    }
  }

  /// A fact as a field of its type, on the frame's day with what was known at K.
  mutating func read(
    _ fact: Fact, _ field: PreparedField, _ path: @autoclosure () -> FactPath
  ) -> Term {
    if let assessor = field.assessor { return assessment(of: path(), by: assessor) }
    switch fact {
    case .plain(let value):
      // A series, a level or a record says nothing itself: what is read inside it must be proven.
      switch value {
      case .scalar, .list: readEvidence?.append(nil)
      case .record, .series, .levels: break
      }
      trace?.note(plainFact: path(), electedBy: field.elector)
      return term(value, field, path())
    case .absent: return absent(field, path())
    case .versions:
      switch reading(of: fact, field, path()) {
      case .absent: return absent(field, path())
      case .conflicting:
        trace?.note(plainFact: path())
        return .unknown(ReasonSet(Reason(.conflicting, subject: path().text)))
      case .version(let version):
        guard let value = version.value else { return absent(field, path()) }
        readEvidence?.append(
          version.evidence.map { ReadEvidence(id: $0, contract: path().withinContract?.position) })
        trace?.note(origin: origin(of: version, in: fact, field, path()))
        if let half = version.halfUnit { return published(value, half, path().text) }
        return term(value, field, path())
      }
    }
  }

  private func absent(_ field: PreparedField, _ path: FactPath) -> Term {
    trace?.note(plainFact: path)
    if let elector = field.elector {
      return .unknown(ReasonSet(Reason(.missingElection, subject: path.text, detail: elector)))
    }
    guard field.isEmptyWhenAbsent else {
      return .unknown(ReasonSet(Reason(.missingFact, subject: path.text)))
    }
    return .list(ListTerm(members: [], path: path, absent: path))
  }

  private mutating func term(
    _ value: FactValue, _ field: PreparedField, _ path: @autoclosure () -> FactPath
  ) -> Term {
    switch value {
    case .scalar(let value): return .scalar(Found(value))
    case .record(let facts):
      return .record(RecordTerm(type: field.record, content: .facts(facts), path: path()))
    case .list(let list): return .list(self.list(list, field, path()))
    case .series(let entries):
      guard let length = field.periodLength else { return .unknown(reason(.missingFact)) }
      return .series(SeriesTerm(content: .facts(entries, field), length: length, path: path()))
    case .levels(let entries):
      return .levels(LevelsTerm(entries: entries, field: field, path: path()))
    }
  }

  // MARK: Lists

  /// A list of facts with the members that are seen on the frame's day.
  private mutating func list(_ list: FactList, _ field: PreparedField, _ path: FactPath) -> ListTerm
  {
    var members: [ListMember] = []
    members.reserveCapacity(list.members.count)
    for (position, fact) in list.members.enumerated() where !fact.isUnheardOf(by: knownAt) {
      let place = FactPath.element(path, position)
      let term = memberTerm(fact, field.record, place)
      guard let datedBy = field.datedBy, case .record(let record) = term else {
        members.append(ListMember(term, path: place))
        continue
      }
      switch dating(datedBy, of: record) {
      case .known(.date(let date)) where date > frame.day: continue
      case .known(.none): continue
      case .unknown(let reasons): members.append(ListMember(term, doubt: reasons, path: place))
      default: members.append(ListMember(term, path: place))
      }
    }
    guard let complete = list.completeUntil, complete < frame.day else {
      return ListTerm(members: members, path: path)
    }
    let gaps = ReasonSet(
      Reason(.incompleteList, subject: path.text, detail: "complete until \(complete)"))
    return ListTerm(members: members, path: path, gaps: gaps)
  }

  private mutating func dating(_ field: Int, of record: RecordTerm) -> Answer {
    guard let trace else { return read(field, of: record).found.answer }
    trace.open()
    defer { trace.discard() }
    return read(field, of: record).found.answer
  }

  private func memberTerm(_ fact: Fact, _ record: RecordID?, _ path: FactPath) -> Term {
    if case .plain(.record(let facts)) = fact {
      return .record(RecordTerm(type: record, content: .facts(facts), path: path))
    }
    switch fact.reading(on: frame.day, knownAt: knownAt) {
    case .absent: return .unknown(ReasonSet(Reason(.missingFact, subject: path.text)))
    case .conflicting: return .unknown(ReasonSet(Reason(.conflicting, subject: path.text)))
    case .version(let version):
      switch version.value {
      case .scalar(let value): return .scalar(Found(value))
      case .record(let facts):
        return .record(RecordTerm(type: record, content: .facts(facts), path: path))
      default: return .unknown(ReasonSet(Reason(.missingFact, subject: path.text)))
      }
    }
  }

  // MARK: Assessments

  /// A judgement: made by the named assessor by A, recorded by K, not expired at T.
  private func assessment(of place: FactPath, by assessor: String) -> Term {
    let path = place.text
    let field = place.withinContract
    let contract = contract(at: field?.position)
    var judgement: Assessment?
    var isExpired = false
    for candidate in contract.assessments where candidate.field == field?.text ?? path {
      guard candidate.by == assessor, candidate.on <= asOf else { continue }
      if let recorded = candidate.recorded, recorded > knownAt { continue }
      if let expires = candidate.expires, expires < frame.testDate {
        isExpired = true
        continue
      }
      if let judgement, judgement.value != candidate.value {
        trace?.note(origin: FactOrigin(path: path, assessedBy: assessor))
        return .unknown(ReasonSet(Reason(.conflicting, subject: path)))
      }
      judgement = judgement ?? candidate
    }
    guard let judgement else {
      trace?.note(origin: FactOrigin(path: path))
      let code: ReasonCode = isExpired ? .expiredAssessment : .missingAssessment
      return .unknown(ReasonSet(Reason(code, subject: path, detail: assessor)))
    }
    trace?.note(
      origin: FactOrigin(
        path: path, from: judgement.on, recorded: judgement.recorded, assessedBy: judgement.by))
    return .scalar(Found(judgement.value))
  }
}
