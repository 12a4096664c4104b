// The verbs of `proviso`, as the people who use them would say them.

private typealias Operand = VerbSpecification.Operand
private typealias Option = VerbSpecification.Option
private typealias Example = VerbSpecification.Example

/// Every verb, in the order in which help tells them.
let allVerbs = [
  checkVerb, explainVerb, batchVerb, compareVerb, testVerb, formatVerb, schemaVerb, replayVerb,
  ledgerVerb, completionsVerb, helpVerb, versionVerb,
]

private let ruleset = Operand(
  name: "RULESET", summary: "a ruleset, `NAME.proviso` or `NAME.proviso.md`", isRequired: true,
  isRepeated: false, kind: .ruleset)

/// What `check`, `explain` and `batch` judge by.
private let editions = Operand(
  name: "RULESET",
  summary:
    "a ruleset, `NAME.proviso` or `NAME.proviso.md`, or its versions: a folder with them, or "
    + "a list of them, `NAME.editions`", isRequired: true, isRepeated: false, kind: .ruleset)

private let identifier = Option(
  name: "id", value: "ID",
  summary: "the contract of this id in a portfolio, a file with one contract a line")

private let lists = Option(
  name: "lists", value: "PATH=FILE",
  summary:
    "of a table: the lists of its contracts, each in a file with the contract's id in column "
    + "`id`, in the order of the contracts; several with commas between")

private let mapping = Option(
  name: "mapping", value: "FILE",
  summary: "of a table: a CSV file that says of a header which field it stands for",
  isFile: true)

private let threads = Option(
  name: "threads", value: "N",
  summary: "how many threads; by default one a processor. The answers are the same with any")

/// The form of a report on a portfolio.
private let reportFormat = Option(
  name: "format", value: "FORMAT", summary: "text (the default) or json",
  choices: ["text", "json"])

private let editionsNote = """
  Of several versions of a ruleset the one answers whose `governs` fits the contract, and the \
  answer says which and why.
  """

private let asOf = Option(
  name: "as-of", value: "DATE",
  summary: "the day whose end is asked about, such as 2024-12-31; there is no default")

private let knownAt = Option(
  name: "known-at", value: "DATE",
  summary: "look only at what was recorded by this day; by default the day of --as-of")

private let condition = Option(
  name: "condition", value: "NAME",
  summary: "tell more of this condition only; the exit status is then about it alone")

private let output = Option(
  name: "output", letter: "o", value: "FILE",
  summary: "write the result to a file, whole or not at all", isFile: true)

/// What records results, on the verbs that give any.
let recording: [VerbSpecification.Option] = [
  Option(
    name: "ledger", value: "FILE", summary: "record the result in this ledger, which needs --key",
    isFile: true),
  Option(
    name: "key", value: "FILE", summary: "the file of the key that the ledger is signed with",
    isFile: true),
  Option(
    name: "keep-contracts", value: nil,
    summary: "keep the contract in the ledger too, so that the result can be performed again"),
]

private let exitNote = """
  The exit status is the first that fits: 2, the call or a file is wrong and nothing was checked; \
  4, the ruleset does not govern the contract; 1, something is breached; 3, something due is \
  undetermined or in cure, or an amount is unknown; 0 otherwise.
  """

let checkVerb = VerbSpecification(
  name: "check",
  summary: "check a contract against a ruleset, or a ruleset by itself",
  operands: [
    editions,
    Operand(
      name: "CONTRACT",
      summary: "a contract in JSON, or `-` for standard input; without one, only the ruleset is "
        + "checked",
      isRequired: false, isRepeated: false, kind: .contract),
  ],
  options: [
    asOf, knownAt,
    Option(
      name: "format", value: "FORMAT", summary: "text (the default) or json",
      choices: ["text", "json"]),
    condition, identifier, lists, mapping, output,
  ] + recording,
  notes: [
    "A question about a contract has a date: the same contract may be met one day and breached the "
      + "next. Where two dates matter, --known-at says what was known when.",
    editionsNote, exitNote,
  ],
  examples: [
    Example(
      call: "proviso check recovery.proviso contract.json --as-of 2024-12-31",
      summary: "what holds, what does not and what cannot be said yet"),
    Example(call: "proviso check recovery.proviso", summary: "is the ruleset itself in order?"),
  ])

let explainVerb = VerbSpecification(
  name: "explain",
  summary: "say why: the derivation of a verdict, and what would change it",
  operands: [
    editions,
    Operand(
      name: "CONTRACT",
      summary: "a contract in JSON, a portfolio with --id, or `-` for standard input",
      isRequired: true, isRepeated: false, kind: .contract),
  ],
  options: [
    asOf, knownAt,
    Option(
      name: "condition", value: "NAME",
      summary: "explain this condition; without it, every condition that is not met"),
    Option(
      name: "test", value: "TEST",
      summary: "explain this test of the condition: a period such as 2023, a date or a member"),
    Option(
      name: "timeline", value: nil,
      summary: "tell how each test developed: its dates, its outcomes from day to day, evidence"),
    Option(
      name: "format", value: "FORMAT", summary: "text (the default), json, html or md",
      choices: ["text", "json", "html", "md"]),
    identifier, lists, mapping, output,
  ],
  notes: [
    "With a portfolio, --condition and no --id, a portfolio condition is explained: the contracts "
      + "that decided it, and how.",
    editionsNote, exitNote,
  ],
  examples: [
    Example(
      call: "proviso explain recovery.proviso contract.json --as-of 2024-12-31 "
        + "--condition no_tax_haven",
      summary: "why one condition came out as it did"),
    Example(
      call: "proviso explain recovery.proviso contract.json --as-of 2024-12-31 "
        + "--condition leverage --timeline",
      summary: "how a condition went from test to test"),
    Example(
      call: "proviso explain recovery.proviso contract.json --as-of 2024-12-31 "
        + "--format html --output memo.html",
      summary: "the whole explanation as a page to attach to a memo"),
  ])

let batchVerb = VerbSpecification(
  name: "batch",
  summary: "check a portfolio: every contract, and what is asked of all of them together",
  operands: [
    editions,
    Operand(
      name: "PORTFOLIO",
      summary:
        "a file with one contract a line (JSON Lines), a table `NAME.csv` with one a row, or `-` "
        + "for standard input", isRequired: true, isRepeated: false, kind: .portfolio),
  ],
  options: [
    asOf, knownAt,
    threads, lists, mapping, reportFormat,
    Option(
      name: "out", value: "FILE",
      summary:
        "write a table of the verdicts, a row a contract, whole or not at all: JSON Lines where "
        + "the name ends in `.jsonl`, else CSV", isFile: true),
    Option(
      name: "summary", value: "FILE", summary: "write the report as JSON to a file as well",
      isFile: true),
    Option(
      name: "rejects", value: "FILE", summary: "write the rejected lines as CSV, with the reasons",
      isFile: true),
    Option(
      name: "where", value: "CONDITION=OUTCOME",
      summary:
        "list the contracts of which a condition, or `contract`, came out so; --out then has "
        + "only these"),
    output,
  ] + recording + [
    Option(
      name: "resume", value: nil,
      summary: "go on with the run that was cut off: the same ruleset, portfolio and dates")
  ],
  notes: [
    "Where a ruleset asks nothing of all contracts together, conditions are decided in columns, "
      + "by several threads; the report says how many, and how often the interpreter was asked.",
    "A line that is no contract is rejected with its reason and stops nothing. While one is "
      + "rejected, portfolio conditions and missions are undetermined.",
    editionsNote,
    "With --resume every contract is checked again, so that the report is whole: results that were "
      + "recorded before the run was cut off must come out the same, the others are recorded.",
    "The exit status is the first that fits: 2, the call or a file is wrong and nothing was "
      + "checked; 4, a contract was rejected or is not governed; 1, something is breached; 3, "
      + "something due is undetermined or in cure, or an amount is unknown; 0 otherwise.",
  ],
  examples: [
    Example(
      call: "proviso batch recovery.proviso portfolio.jsonl --as-of 2024-12-31",
      summary: "the counts, the amounts at stake, the missions"),
    Example(
      call: "proviso batch recovery.proviso portfolio.jsonl --as-of 2024-12-31 "
        + "--where no_payout=breached --out breached.csv",
      summary: "the contracts that breach one condition"),
  ])

let compareVerb = VerbSpecification(
  name: "compare",
  summary: "tell which contracts would come out otherwise under another ruleset",
  operands: [
    ruleset,
    Operand(
      name: "DRAFT", summary: "the ruleset to compare it with, such as a new version",
      isRequired: true, isRepeated: false, kind: .ruleset),
    Operand(
      name: "PORTFOLIO",
      summary:
        "a file with one contract a line (JSON Lines), a table `NAME.csv`, one contract "
        + "`NAME.json`, or `-` for standard input", isRequired: true, isRepeated: false,
      kind: .portfolio),
  ],
  options: [
    asOf, knownAt,
    threads, lists, mapping, reportFormat,
    Option(
      name: "out", value: "FILE",
      summary: "write a table of the contracts that change, as CSV, whole or not at all",
      isFile: true),
    Option(
      name: "rejects", value: "FILE",
      summary: "write the lines that one of the rulesets cannot read as CSV, with the reasons",
      isFile: true),
    output,
  ],
  notes: [
    """
    Conditions are the same where they have the same name. A contract that one of the rulesets \
    cannot read is not compared. What is asked of all contracts together (portfolio conditions, \
    scoreboards) is not compared: `proviso batch` tells it under each.
    """,
    """
    The exit status is 4 where some line was not compared, else 1 where a contract would newly be \
    in breach, 3 where one would newly be undetermined or in cure, 0 where neither.
    """,
  ],
  examples: [
    Example(
      call: "proviso compare recovery.proviso draft.proviso portfolio.jsonl --as-of 2024-12-31",
      summary: "who would newly be in breach under the draft, and why"),
    Example(
      call: "proviso compare recovery.proviso draft.proviso portfolio.jsonl --as-of 2024-12-31 "
        + "--out changed.csv",
      summary: "the same, with a table of every contract that changes"),
  ])

let testVerb = VerbSpecification(
  name: "test",
  summary: "run the scenarios of rulesets",
  operands: [
    Operand(
      name: "RULESET",
      summary: "a ruleset, a folder with rulesets in it, or a list of versions, `NAME.editions`",
      isRequired: true, isRepeated: true, kind: .ruleset)
  ],
  options: [
    Option(
      name: "junit", value: "FILE", summary: "write the results as JUnit XML too", isFile: true)
  ],
  notes: [
    "A folder is searched for `.proviso` and `.proviso.md` files, in the order of their names; "
      + "files that only others import are passed over. Rulesets of one name in it are versions, "
      + "and whether their times meet end to end is checked too.",
    "The exit status is 2 when a ruleset cannot be checked, 1 when a scenario fails, 0 otherwise.",
  ],
  examples: [
    Example(call: "proviso test recovery.proviso", summary: "every scenario of one ruleset"),
    Example(
      call: "proviso test rulesets --junit results.xml",
      summary: "all rulesets of a folder, with a report for the build server"),
  ])

let formatVerb = VerbSpecification(
  name: "fmt",
  summary: "lay out rulesets",
  operands: [
    Operand(
      name: "FILE",
      summary: "a ruleset, a folder with rulesets in it, or `-` for standard input to standard "
        + "output",
      isRequired: true, isRepeated: true, kind: .ruleset)
  ],
  options: [
    Option(
      name: "check", value: nil,
      summary: "change nothing; name the files that are not laid out, and exit with 1")
  ],
  notes: [
    "Files are rewritten in place, whole or not at all. Comments stay, and the meaning stays. In a "
      + "literate ruleset only the fenced blocks are laid out.",
    "The exit status is 2 when a file cannot be read as a ruleset, 0 otherwise.",
  ],
  examples: [
    Example(call: "proviso fmt recovery.proviso", summary: "lay out one file"),
    Example(call: "proviso fmt --check rulesets", summary: "is everything laid out?"),
  ])

let schemaVerb = VerbSpecification(
  name: "schema",
  summary: "print the JSON Schema of a ruleset's contracts",
  operands: [ruleset],
  options: [output],
  notes: [
    "The schema is JSON Schema 2020-12. It refuses what a schema can refuse; `proviso check` "
      + "refuses more."
  ],
  examples: [
    Example(
      call: "proviso schema recovery.proviso --output contract.schema.json",
      summary: "for an editor, a form or another program")
  ])

let completionsVerb = VerbSpecification(
  name: "completions",
  summary: "print a script that completes `proviso` in a shell",
  operands: [
    Operand(
      name: "SHELL", summary: "one of bash, zsh and fish", isRequired: true, isRepeated: false,
      kind: .oneOf(["bash", "zsh", "fish"]))
  ],
  options: [],
  notes: [],
  examples: [
    Example(
      call: "proviso completions bash > ~/.local/share/bash-completion/completions/proviso",
      summary: "for bash, in every new shell"),
    Example(
      call: "proviso completions zsh > ~/.zfunc/_proviso",
      summary: "for zsh, where ~/.zfunc is in fpath"),
    Example(
      call: "proviso completions fish > ~/.config/fish/completions/proviso.fish",
      summary: "for fish"),
  ])

let helpVerb = VerbSpecification(
  name: "help",
  summary: "explain a verb",
  operands: [
    Operand(
      name: "VERB", summary: "one of the verbs; behind `ledger` one of its own", isRequired: false,
      isRepeated: true,
      kind: .oneOf([
        "check", "explain", "batch", "compare", "test", "fmt", "schema", "replay", "ledger",
        "completions", "help", "version",
      ]))
  ],
  options: [],
  notes: [],
  examples: [Example(call: "proviso help check", summary: "everything about `check`")])

let versionVerb = VerbSpecification(
  name: "version",
  summary: "tell the version",
  operands: [],
  options: [],
  notes: [],
  examples: [Example(call: "proviso --version", summary: "the same")])
