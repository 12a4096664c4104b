// `proviso ledger runs`, `show` and `find`: what was recorded.

import ProvisoKit
import ProvisoLedger
import ProvisoLog
import ProvisoReports

/// Opens the ledger that a call names.
func openedLedger(_ call: Call, on console: any Console) throws(CallFailure) -> (Ledger, String) {
  let name = try call.ledgerName()
  let ledger = try ledgerWork { () throws(LedgerAccessFailure) in
    try console.files.openLedger(named: name)
  }
  return (ledger, name)
}

/// Lists the runs.
func runs(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let (ledger, name) = try openedLedger(call, on: console)
  let runs = try reading(name) { () throws(LedgerFailure) in try ledger.runs() }
  let size = try reading(name) { () throws(LedgerFailure) in try ledger.size() }
  let isLocked = console.files.isLedgerLocked(name)
  if call.value("format") == "json" {
    let list = runs.map { json($0, size: size) }
    console.write(JSONValue.array(list).readableText, to: .output)
    return .good
  }
  var text = "`\(printable(ledger.record.origin))`: \(counted(runs.count, "run")), "
  text += size == 1 ? "1 entry\n" : "\(size) entries\n"
  for run in runs {
    let opening = run.opening
    if let key = opening.newKey {
      text += "\nrun \(opening.number), \(opening.started): another key\n"
      text += "  \(printable(key.text)) signs from here on\n"
      continue
    }
    let entries = run.closing?.entries ?? size - opening.first
    let range =
      entries == 0
      ? "no entries"
      : entries == 1
        ? "entry \(opening.first)" : "entries \(opening.first) to \(opening.first + entries - 1)"
    text += "\nrun \(opening.number), \(opening.started): \(range)\n"
    for (position, ruleset) in opening.rulesets.enumerated() {
      let version = ruleset.version.isEmpty ? "" : " \(ruleset.version)"
      text += position == 0 ? "  by" : "  and"
      text += " `\(printable(ruleset.name))`\(printable(version)), \(ruleset.digest)\n"
    }
    text +=
      "  as of \(opening.asOf), known at \(opening.knownAt), proviso \(printable(opening.engine))\n"
    text +=
      "  from \(printable(opening.source))\(opening.keepsContracts ? ", contracts kept" : "")\n"
    switch run.closing {
    case let closing? where closing.isCutOff: text += "  cut off; closed \(closing.ended)\n"
    case let closing?:
      let counts = closing.counts.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
      text += "  \(counts.isEmpty ? "" : "\(counts); ")ended \(closing.ended)\n"
    case nil:
      text +=
        isLocked
        ? "  it is being recorded\n"
        : "  it was cut off; `proviso batch --resume` goes on with it, `proviso ledger close` "
          + "closes it\n"
    }
  }
  console.write(text, to: .output)
  return .good
}

private func json(_ run: RecordedRun, size: Int) -> JSONValue {
  let opening = run.opening
  if let key = opening.newKey {
    return .object([
      JSONMember("run", .count(opening.number)),
      JSONMember("first", .count(opening.first)),
      JSONMember("newKey", .string(key.text)),
      JSONMember("engine", .string(opening.engine)),
      JSONMember("started", .string(opening.started)),
    ])
  }
  let counts = run.closing?.counts.map { JSONMember($0.name, .count($0.count)) } ?? []
  return .object([
    JSONMember("run", .count(opening.number)),
    JSONMember("first", .count(opening.first)),
    JSONMember("entries", .count(run.closing?.entries ?? max(0, size - opening.first))),
    JSONMember(
      "rulesets",
      .array(
        opening.rulesets.map { ruleset in
          .object([
            JSONMember("name", .string(ruleset.name)),
            JSONMember("version", .string(ruleset.version)),
            JSONMember("digest", .string(ruleset.digest)),
          ])
        })),
    JSONMember("asOf", .string(opening.asOf)),
    JSONMember("knownAt", .string(opening.knownAt)),
    JSONMember("engine", .string(opening.engine)),
    JSONMember("source", .string(opening.source)),
    JSONMember("sourceDigest", JSONValue(run.closing?.sourceDigest ?? opening.sourceDigest)),
    JSONMember("keepsContracts", .boolean(opening.keepsContracts)),
    JSONMember("counts", .object(counts)),
    JSONMember("started", .string(opening.started)),
    JSONMember("ended", JSONValue(run.closing?.ended)),
    JSONMember("cutOff", run.closing.map { .boolean($0.isCutOff) } ?? .null),
  ])
}

/// Shows an entry.
func show(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let position = try count(call.operand(0) ?? "", "as an entry")
  let (ledger, name) = try openedLedger(call, on: console)
  let leaf = try reading(name) { () throws(LedgerFailure) in try ledger.leaf(position) }
  if call.value("format") == "json" {
    try deliver(String(decoding: leaf, as: UTF8.self) + "\n", call, on: console)
    return .good
  }
  guard let value = canonicalValue(leaf) else {
    throw CallFailure(
      LedgerAccessFailure(
        .damaged(place: "entry \(position)", "its leaf is not canonical JSON"), ledger: name))
  }
  let run = try reading(name) { () throws(LedgerFailure) in try ledger.run(of: position) }
  let hash = try? TreeHasher().leaf(leaf)
  try deliver(text(of: value, position, run, hash), call, on: console)
  return .good
}

private func text(
  of leaf: JSONValue, _ position: Int, _ run: RecordedRun, _ hash: LogHash?
) -> String {
  let words = { (value: JSONValue?) in printable(value?.string ?? "–") }
  var text = "entry \(position), of run \(run.opening.number)\n"
  text += "  leaf      \(hash?.hex ?? "?")\n"
  text += "  contract  \(words(leaf["contract"]?["id"])), \(words(leaf["contract"]?["digest"]))\n"
  let ruleset = run.opening.rulesets.first { $0.digest == leaf["ruleset"]?.string }
  let version = ruleset.map { $0.version.isEmpty ? "" : " \($0.version)" } ?? ""
  text += "  ruleset   \(printable((ruleset?.name ?? "?") + version)), \(words(leaf["ruleset"]))\n"
  text += "  dates     as of \(words(leaf["asOf"])), known at \(words(leaf["knownAt"]))\n"
  text += "  outcome   \(words(leaf["outcome"]))\n"
  for condition in leaf["conditions"]?.elements ?? [] {
    text += "\n\(words(condition["name"])): \(words(condition["outcome"]))\n"
    for test in condition["tests"]?.elements ?? [] {
      let label = [test["period"]?.string, test["member"]?.string].compactMap { $0 }
      let name = label.isEmpty ? words(test["tested"]) : printable(label.joined(separator: ", "))
      let beneath = test["beneath"]?.string.map { ", beneath a waiver \(printable($0))" } ?? ""
      text += "  \(name): \(words(test["outcome"]))\(beneath)\n"
      for reason in test["reasons"]?.elements ?? [] {
        text += "    \(words(reason["code"])): \(words(reason["subject"]))\n"
      }
    }
    for amount in condition["amounts"]?.elements ?? [] {
      let object = amount["object"]?.string.map { " \(printable($0))" } ?? ""
      let due = amount["due"]?.string.map { ", due \($0)" } ?? ""
      text += "  \(words(amount["action"]))\(object): \(words(amount["amount"]))\(due)\n"
    }
  }
  for result in leaf["determinations"]?.elements ?? [] {
    text += "\n\(words(result["name"])) = \(words(result["value"]))\n"
  }
  return text
}

/// Finds entries.
func find(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  var filter = EntryFilter()
  filter.contract = call.value("contract")
  filter.condition = call.value("condition")
  filter.outcome = call.value("outcome")
  filter.from = try call.date("from")
  filter.to = try call.date("to")
  filter.run = try call.number("run")
  let limit = try call.number("limit") ?? 1000
  let isJSON = call.value("format") == "json"
  let (ledger, name) = try openedLedger(call, on: console)
  var found = 0
  var text = ""
  try reading(name) { () throws(LedgerFailure) in
    try ledger.find(filter) { entry, leaf in
      found += 1
      guard found <= limit else { return false }
      if isJSON {
        text += String(decoding: leaf, as: UTF8.self) + "\n"
      } else {
        text += "entry \(entry.position)  run \(entry.run)  as of \(entry.asOf)  "
        text += "\(printable(entry.outcome))  \(printable(entry.contract))\n"
      }
      return true
    }
  }
  console.write(text, to: .output)
  if found > limit {
    console.write("note: there are more than \(limit); `--limit NUMBER` shows more\n", to: .errors)
  } else if found == 0 {
    console.write("note: no entry fits\n", to: .errors)
  }
  return .good
}
