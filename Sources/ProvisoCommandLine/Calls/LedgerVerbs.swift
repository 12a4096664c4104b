// The verbs of `proviso ledger`, and `replay`.

private typealias Operand = VerbSpecification.Operand
private typealias Option = VerbSpecification.Option
private typealias Example = VerbSpecification.Example

/// Every verb behind `proviso ledger`, in the order in which help tells them.
let ledgerVerbs = [
  keygenVerb, initVerb, runsVerb, showVerb, findVerb, verifyVerb, checkpointVerb, proveVerb,
  checkProofVerb, exportVerb, cosignVerb, closeVerb, rekeyVerb, affectedVerb,
]

/// `ledger` itself: its first operand is one of the verbs behind it.
let ledgerVerb = VerbSpecification(
  name: "ledger",
  summary: "keep results so that nothing recorded can be changed unseen",
  operands: [
    Operand(
      name: "VERB", summary: "what to do with the ledger", isRequired: true, isRepeated: true,
      kind: .oneOf(ledgerVerbs.map { String($0.name.dropFirst("ledger ".count)) }))
  ],
  options: ledgerVerbs.reduce(into: []) { all, verb in
    for option in verb.options where !all.contains(where: { $0.name == option.name }) {
      all.append(option)
    }
  },
  notes: [
    "Results are recorded by `proviso check` with `--ledger FILE --key FILE`. docs/ledger.md says "
      + "what a ledger promises and what it does not."
  ],
  examples: [
    Example(
      call: "proviso ledger verify --ledger aid.ledger",
      summary: "is everything as it was recorded?"
    )
  ])

private let ledger = Option(
  name: "ledger", value: "FILE", summary: "the ledger's file", isFile: true)

private let key = Option(
  name: "key", value: "FILE", summary: "the file of the key that the ledger is signed with",
  isFile: true)

private let verifier = Option(
  name: "verifier", value: "KEY",
  summary: "the key to check signatures with: `NAME+HASH+KEY`, or a file that holds it",
  isFile: true)

private let output = Option(
  name: "output", letter: "o", value: "FILE",
  summary: "write the result to a file, whole or not at all", isFile: true)

private let run = Option(
  name: "run", value: "NUMBER", summary: "a run, as `ledger runs` counts them")

private let format = Option(
  name: "format", value: "FORMAT", summary: "text (the default) or json", choices: ["text", "json"])

private let entry = Operand(
  name: "ENTRY", summary: "an entry by its position, counted from 0", isRequired: true,
  isRepeated: false, kind: .text)

private let verifyNote = """
  The exit status is 2 when there is no such file, 1 when anything is not as it was recorded, 3 \
  when a run has no end, 0 otherwise.
  """

private let keygenVerb = VerbSpecification(
  name: "ledger keygen",
  summary: "make a key to sign with",
  operands: [],
  options: [
    Option(
      name: "key", value: "FILE",
      summary: "a new file for the key, which its owner alone can read; never one that exists",
      isFile: true),
    Option(
      name: "origin", value: "NAME",
      summary: "the name to sign under, without spaces, such as audit.example.org/aid-2026"),
    output,
  ],
  notes: [
    "Prints the verifier key, one line, which anybody may have: publish it where those who will "
      + "check the ledger find it."
  ],
  examples: [
    Example(
      call: "proviso ledger keygen --key aid.key --origin bank.example.org/aid --output aid.pub",
      summary: "a key for a ledger")
  ])

private let initVerb = VerbSpecification(
  name: "ledger init",
  summary: "make a ledger",
  operands: [],
  options: [ledger, key],
  notes: ["The ledger has its key's name, and every run in it is signed with that key."],
  examples: [
    Example(
      call: "proviso ledger init --ledger aid.ledger --key aid.key", summary: "an empty ledger")
  ])

private let runsVerb = VerbSpecification(
  name: "ledger runs",
  summary: "list the runs",
  operands: [],
  options: [ledger, format],
  notes: [],
  examples: [
    Example(call: "proviso ledger runs --ledger aid.ledger", summary: "what was recorded when")
  ])

private let showVerb = VerbSpecification(
  name: "ledger show",
  summary: "show an entry",
  operands: [entry],
  options: [
    ledger,
    Option(
      name: "format", value: "FORMAT",
      summary: "text (the default), or json for the very bytes that were hashed",
      choices: ["text", "json"]),
    output,
  ],
  notes: [],
  examples: [
    Example(call: "proviso ledger show 17 --ledger aid.ledger", summary: "what was recorded")
  ])

private let findVerb = VerbSpecification(
  name: "ledger find",
  summary: "find entries",
  operands: [],
  options: [
    ledger,
    Option(name: "contract", value: "ID", summary: "entries about this contract"),
    Option(
      name: "condition", value: "NAME",
      summary: "entries with this condition; with --outcome, where it came to that"),
    Option(
      name: "outcome", value: "OUTCOME",
      summary: "entries with this outcome: breached, met, \"in cure\" and so on"),
    Option(name: "from", value: "DATE", summary: "entries as of this day or later"),
    Option(name: "to", value: "DATE", summary: "entries as of this day or earlier"),
    run,
    Option(
      name: "limit", value: "NUMBER", summary: "at most so many; without it a thousand"),
    format,
  ],
  notes: ["With --format json each entry is printed as it was hashed, one a line."],
  examples: [
    Example(
      call: "proviso ledger find --ledger aid.ledger --condition no_tax_haven --outcome breached",
      summary: "every breach of one condition")
  ])

private let verifyVerb = VerbSpecification(
  name: "ledger verify",
  summary: "check everything that a ledger holds",
  operands: [],
  options: [
    ledger, verifier,
    Option(
      name: "checkpoint", value: "FILE",
      summary: "a checkpoint that was published, with which the ledger must still agree",
      isFile: true),
    Option(
      name: "format", value: "FORMAT", summary: "text (the default) or json",
      choices: ["text", "json"]),
  ],
  notes: [
    "Checked are the file's structure, every kept contract and ruleset, every entry, the tree over "
      + "them, what was written at the start and end of each run, the checkpoints and their "
      + "signatures.",
    "Who has both the file and the key can write another ledger that verifies. Against that stand "
      + "checkpoints kept elsewhere: give one with --checkpoint, and the key's public half with "
      + "--verifier.",
    verifyNote,
  ],
  examples: [
    Example(
      call:
        "proviso ledger verify --ledger aid.ledger --verifier aid.pub --checkpoint 2026-06.note",
      summary: "with what was published")
  ])

private let checkpointVerb = VerbSpecification(
  name: "ledger checkpoint",
  summary: "print a checkpoint, to be published",
  operands: [],
  options: [ledger, run, output],
  notes: ["Without --run the last one. Signatures that were added to it are printed with it."],
  examples: [
    Example(
      call: "proviso ledger checkpoint --ledger aid.ledger --output 2026-06.note",
      summary: "the last checkpoint")
  ])

private let proveVerb = VerbSpecification(
  name: "ledger prove",
  summary: "prove that an entry is in a ledger, or that it began as it was",
  operands: [
    Operand(
      name: "WHAT", summary: "inclusion or consistency", isRequired: true, isRepeated: false,
      kind: .oneOf(["inclusion", "consistency"])),
    Operand(
      name: "NUMBER",
      summary: "for inclusion an entry's position; for consistency an older number of entries and, "
        + "behind it, that of a later checkpoint (without it the last)",
      isRequired: true, isRepeated: true, kind: .text),
  ],
  options: [ledger, output],
  notes: ["`proviso ledger check-proof` checks a proof without the ledger."],
  examples: [
    Example(
      call: "proviso ledger prove inclusion 17 --ledger aid.ledger --output 17.tlog-proof",
      summary: "entry 17 is in the ledger"),
    Example(
      call: "proviso ledger prove consistency 100 250 --ledger aid.ledger",
      summary: "the ledger of 250 entries begins with that of 100"),
  ])

private let checkProofVerb = VerbSpecification(
  name: "ledger check-proof",
  summary: "check a proof from files alone",
  operands: [
    Operand(
      name: "PROOF", summary: "a proof as `ledger prove` writes it", isRequired: true,
      isRepeated: false, kind: .text)
  ],
  options: [
    verifier,
    Option(
      name: "entry", value: "FILE",
      summary: "for inclusion: the entry, as `ledger show --format json` prints it", isFile: true),
    Option(
      name: "old", value: "FILE", summary: "for consistency: the older checkpoint", isFile: true),
  ],
  notes: ["The exit status is 1 when the proof proves nothing, 0 when it holds."],
  examples: [
    Example(
      call: "proviso ledger check-proof 17.tlog-proof --entry 17.json --verifier aid.pub",
      summary: "is this entry in the log of that key?")
  ])

private let exportVerb = VerbSpecification(
  name: "ledger export",
  summary: "write out what others check a ledger by",
  operands: [
    Operand(
      name: "DIR", summary: "a folder that does not exist yet", isRequired: true,
      isRepeated: false, kind: .text)
  ],
  options: [
    ledger,
    Option(name: "entries", value: "LIST", summary: "entries to prove, such as 3,17,204"),
    Option(
      name: "since", value: "LIST",
      summary: "older numbers of entries to prove the ledger began with"),
  ],
  notes: [
    "Written are `entries.jsonl`, `checkpoint`, `key` and `proofs`; docs/verify/verify.py checks "
      + "them without Proviso."
  ],
  examples: [
    Example(
      call: "proviso ledger export out --ledger aid.ledger --entries 17 --since 100",
      summary: "everything, with two proofs")
  ])

private let cosignVerb = VerbSpecification(
  name: "ledger cosign",
  summary: "sign a checkpoint too, or add such a signature to the ledger",
  operands: [
    Operand(
      name: "CHECKPOINT", summary: "a checkpoint's file", isRequired: true, isRepeated: false,
      kind: .text)
  ],
  options: [
    Option(
      name: "key", value: "FILE", summary: "sign with this key, and print the checkpoint",
      isFile: true),
    Option(
      name: "ledger", value: "FILE", summary: "add the signature of --verifier to this ledger",
      isFile: true),
    verifier, output,
  ],
  notes: [
    "An auditor signs with a key of their own, from the checkpoint alone; --verifier names the "
      + "ledger's key, which must have signed it. Whoever keeps the ledger adds the signature with "
      + "--ledger; --verifier then names the auditor's key."
  ],
  examples: [
    Example(
      call: "proviso ledger cosign 2026-06.note --key auditor.key --verifier aid.pub "
        + "--output signed.note",
      summary: "the auditor signs"),
    Example(
      call: "proviso ledger cosign signed.note --ledger aid.ledger --verifier auditor.pub",
      summary: "the signature joins the ledger"),
  ])

private let closeVerb = VerbSpecification(
  name: "ledger close",
  summary: "close a run that was cut off",
  operands: [],
  options: [ledger, key],
  notes: [
    "What was recorded of it stays, in a run that says it was cut off. The next run to be recorded "
      + "does the same first."
  ],
  examples: [
    Example(
      call: "proviso ledger close --ledger aid.ledger --key aid.key",
      summary: "after a power cut")
  ])

private let rekeyVerb = VerbSpecification(
  name: "ledger rekey",
  summary: "bring another key into use",
  operands: [],
  options: [
    ledger, key,
    Option(
      name: "new-key", value: "FILE",
      summary: "the file of the key that signs from now on; `ledger keygen` makes one, with the "
        + "same --origin",
      isFile: true),
  ],
  notes: [
    "The change is recorded under a number of its own among the runs, and both keys sign it. "
      + "Whoever verifies may know any of the ledger's keys: the others follow from it.",
    "A key that is lost cannot be changed, and one that was stolen can be changed by the thief "
      + "too: publish the checkpoint of the change.",
  ],
  examples: [
    Example(
      call: "proviso ledger rekey --ledger aid.ledger --key aid.key --new-key aid-2030.key",
      summary: "every later checkpoint is signed by the new key")
  ])

private let affectedVerb = VerbSpecification(
  name: "ledger affected",
  summary: "list the entries that a restated contract would change",
  operands: [],
  options: [
    ledger,
    Option(
      name: "contract", value: "FILE", summary: "the contract with its restated facts",
      isFile: true),
    Option(
      name: "known-at", value: "DATE",
      summary: "look only at what was recorded by this day; there is no default"),
  ],
  notes: [
    "Each entry about the contract is asked again, by its own ruleset and as of its own day, and "
      + "told with both answers where outcome or amounts change.",
    "The exit status is 2 when the call is wrong, 1 when an entry would change, 3 when one cannot "
      + "be compared, 0 otherwise.",
  ],
  examples: [
    Example(
      call: "proviso ledger affected --ledger aid.ledger --contract restated.json "
        + "--known-at 2027-03-31",
      summary: "which verdicts fall with the old figures")
  ])

let replayVerb = VerbSpecification(
  name: "replay",
  summary: "perform recorded entries again, and compare",
  operands: [
    Operand(
      name: "ENTRY", summary: "an entry by its position; or give --run or --sample",
      isRequired: false, isRepeated: false, kind: .text)
  ],
  options: [
    ledger, run,
    Option(name: "sample", value: "NUMBER", summary: "so many entries, chosen by --seed"),
    Option(
      name: "seed", value: "TEXT",
      summary: "any text: the same text chooses the same entries of the same ledger"),
    Option(
      name: "contracts", value: "FILE",
      summary: "contracts that are not kept: one in JSON, or many in a .jsonl or .csv file",
      isFile: true),
    Option(
      name: "lists", value: "PATH=FILE",
      summary: "of a table: the files of its lists, as they were given when it was recorded"),
    Option(
      name: "mapping", value: "FILE",
      summary: "of a table: what its headers stand for, as it was given then", isFile: true),
  ],
  notes: [
    "The ruleset is the recorded one, with all it read. A contract is looked for in --contracts "
      + "and then in the ledger, by its digest.",
    "The exit status is 2 when the call is wrong, 1 when an entry comes out otherwise, 3 when one "
      + "could not be performed, 0 otherwise.",
  ],
  examples: [
    Example(
      call: "proviso replay 17 --ledger aid.ledger", summary: "does entry 17 come out the same?"),
    Example(
      call: "proviso replay --sample 60 --seed 2026-audit --ledger aid.ledger --contracts "
        + "portfolio.jsonl",
      summary: "sixty entries that nobody could foresee"),
  ])
