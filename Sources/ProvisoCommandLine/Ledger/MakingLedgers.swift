// `proviso ledger keygen`, `init`, `close`, `rekey` and `cosign`: what needs a key.

import ProvisoKit
import ProvisoLog

/// Makes a key, and prints its public half.
func keygen(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let file = try call.needed("key", "a file for the key", sample: "FILE")
  let origin = try call.needed(
    "origin", "the name to sign under", sample: "audit.example.org/aid-2026")
  guard let seed = console.seed() else {
    throw CallFailure("this machine gives no chance to make a key from")
  }
  let key = try ledgerWork { () throws(LedgerAccessFailure) in
    try console.files.makeKey(named: file, for: origin, seed: seed)
  }
  try deliver(key.verifier.text + "\n", call, on: console)
  return .good
}

/// Makes an empty ledger.
func initLedger(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let name = try call.ledgerName()
  let keyFile = try call.needed("key", "the key to sign with", sample: "FILE")
  let key = try ledgerWork { () throws(LedgerAccessFailure) in
    let key = try console.files.key(named: keyFile)
    try console.files.makeLedger(named: name, key: key, now: console.now)
    return key
  }
  let origin = printable(key.verifier.name)
  console.write("`\(printable(name))` is the ledger `\(origin)`, without entries\n", to: .output)
  return .good
}

/// Closes runs that were cut off.
func close(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let settings = RecordingSettings(
    ledger: try call.ledgerName(),
    key: try call.needed("key", "the key to sign with", sample: "FILE"), keepsContracts: false)
  let closed = try ledgerWork { () throws(LedgerAccessFailure) in
    let prepared = try console.files.prepareRecording(settings)
    return try console.files.closeCutOffRuns(
      prepared, now: console.now, isWaiting: tellOfWaiting(settings.ledger, on: console))
  }
  let text = closed.map { "run \($0) was cut off; it is now closed as such\n" }.joined()
  console.write(text.isEmpty ? "every run has its end\n" : text, to: .output)
  return .good
}

/// Brings another key into use.
func rekey(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let settings = RecordingSettings(
    ledger: try call.ledgerName(),
    key: try call.needed("key", "the key that signs until now", sample: "FILE"),
    keepsContracts: false)
  let file = try call.needed("new-key", "the key that signs from now on", sample: "FILE")
  let (number, key) = try ledgerWork { () throws(LedgerAccessFailure) in
    let prepared = try console.files.prepareRecording(settings)
    let key = try console.files.key(named: file)
    let number = try console.files.changeKey(
      prepared, to: key, now: console.now, isWaiting: tellOfWaiting(settings.ledger, on: console))
    return (number, key.verifier)
  }
  console.write(
    "run \(number) of `\(printable(settings.ledger))` changes the key; from here on "
      + "`\(printable(key.text))` signs\n", to: .output)
  return .good
}

/// Signs a checkpoint with another key, or adds such a signature to a ledger.
func cosign(_ call: Call, on console: any Console) throws(CallFailure) -> ExitStatus {
  let file = call.operand(0) ?? ""
  switch (call.value("key"), call.value("ledger")) {
  case (let keyFile?, nil):
    let note = try ledgerWork { () throws(LedgerAccessFailure) in
      let key = try console.files.key(named: keyFile)
      return try console.files.cosigned(
        file, by: key,
        signedBy: try call.value("verifier").map {
          (text) throws(LedgerAccessFailure) in try console.files.verifierKey(text)
        })
    }
    try deliver(note.text, call, on: console)
  case (nil, let ledger?):
    let text = try call.needed("verifier", "the key that checks the signature", sample: "KEY")
    let number = try ledgerWork { () throws(LedgerAccessFailure) in
      let note = try console.files.note(named: file)
      let key = try console.files.verifierKey(text)
      return try console.files.addCosignature(
        of: key, from: note, ledger: ledger, isWaiting: tellOfWaiting(ledger, on: console))
    }
    console.write("the signature was added to checkpoint \(number)\n", to: .output)
  default:
    throw CallFailure(
      "either `--key` or `--ledger` is needed, and not both",
      help: ["`--key FILE` signs the checkpoint; `--ledger FILE` adds a signature that it carries"])
  }
  return .good
}
