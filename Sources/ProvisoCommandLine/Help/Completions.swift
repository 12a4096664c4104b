// Scripts that complete `proviso` in bash, zsh and fish, made from the verbs' specifications.

/// The completion script of a shell; nil for a shell that there is none for.
func completionScript(for shell: String) -> String? {
  switch shell {
  case "bash": bashScript()
  case "zsh": zshScript()
  case "fish": fishScript()
  default: nil
  }
}

/// The file name patterns a shell offers for an operand of a kind.
private func patterns(_ kind: VerbSpecification.Operand.Kind) -> [String] {
  switch kind {
  case .ruleset: ["proviso", "proviso.md", "editions"]
  case .contract: ["json", "jsonl"]
  case .portfolio: ["jsonl"]
  case .text, .oneOf: []
  }
}

private func bashScript() -> String {
  var verbs = ""
  for verb in allVerbs {
    let options = verb.allOptions.map { "--\($0.name)" }.joined(separator: " ")
    var values = ""
    for option in verb.options {
      guard option.value != nil else { continue }
      if !option.choices.isEmpty {
        let words = option.choices.joined(separator: " ")
        values += "        --\(option.name)) COMPREPLY=($(compgen -W '\(words)' -- \"$word\"));"
        values += " return ;;\n"
      } else if option.isFile {
        values += "        --\(option.name)) COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n"
      } else {
        values += "        --\(option.name)) return ;;\n"
      }
    }
    var operands = "COMPREPLY=($(compgen -f -- \"$word\"))"
    if case .oneOf(let words)? = verb.operands.first?.kind {
      operands = "COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$word\"))"
    }
    verbs += "    \(verb.name))\n"
    if !values.isEmpty { verbs += "      case $previous in\n\(values)      esac\n" }
    verbs += """
            if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '\(options)' -- "$word"))
            else \(operands); fi ;;

      """
  }
  return """
    # Completes proviso in bash.
    _proviso() {
      local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
      COMPREPLY=()
      if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W '\(allVerbs.map(\.name).joined(separator: " ")) --help --version' \
    -- "$word"))
        return
      fi
      case ${COMP_WORDS[1]} in
    \(verbs)  esac
    }
    complete -o filenames -F _proviso proviso

    """
}

private func zshScript() -> String {
  var verbs = ""
  for verb in allVerbs {
    var lines: [String] = []
    for option in verb.allOptions {
      let summary = zshQuoted(option.summary)
      guard let value = option.value else {
        lines.append("'--\(option.name)[\(summary)]'")
        continue
      }
      var action = " "
      if !option.choices.isEmpty { action = "(\(option.choices.joined(separator: " ")))" }
      if option.isFile { action = "_files" }
      lines.append("'--\(option.name)=[\(summary)]:\(value.lowercased()):\(action)'")
    }
    for operand in verb.operands {
      var action = "_files"
      if case .oneOf(let words) = operand.kind { action = "(\(words.joined(separator: " ")))" }
      let endings = patterns(operand.kind)
      if !endings.isEmpty {
        let choice = endings.count == 1 ? endings[0] : "(\(endings.joined(separator: "|")))"
        action = "_files -g \"*.\(choice)\""
      }
      let place = operand.isRepeated ? "*" : ""
      let optional = operand.isRequired || operand.isRepeated ? ":" : "::"
      lines.append("'\(place)\(optional)\(operand.name.lowercased()):\(action)'")
    }
    let arguments = lines.map { " \\\n        \($0)" }.joined()
    verbs += "    \(verb.name))\n      _arguments\(arguments) ;;\n"
  }
  let names = allVerbs.map { "    '\($0.name):\(zshQuoted($0.summary))'\n" }.joined()
  return """
    #compdef proviso
    # Completes proviso in zsh.
    _proviso() {
      local -a verbs
      verbs=(
    \(names)  )
      if ((CURRENT == 2)); then
        _describe 'verb' verbs
        return
      fi
      local verb=$words[2]
      shift words
      ((CURRENT--))
      case $verb in
    \(verbs)  esac
    }
    if [[ $funcstack[1] == _proviso ]]; then _proviso "$@"; else compdef _proviso proviso; fi

    """
}

/// Text that may stand in a single-quoted description of zsh's `_arguments`.
private func zshQuoted(_ text: String) -> String {
  var quoted = ""
  for character in text {
    switch character {
    case "'": quoted += "'\\''"
    case "[", "]", ":", "\\": quoted += "\\\(character)"
    default: quoted.append(character)
    }
  }
  return quoted
}

private func fishScript() -> String {
  var text = """
    # Completes proviso in fish.
    complete -c proviso -n __fish_use_subcommand -f
    complete -c proviso -n __fish_use_subcommand -l help -d 'tell what proviso can do'
    complete -c proviso -n __fish_use_subcommand -l version -d 'tell the version'

    """
  for verb in allVerbs {
    text += "complete -c proviso -n __fish_use_subcommand -a \(verb.name) -d "
    text += "\(fishQuoted(verb.summary))\n"
    let start = "complete -c proviso -n '__fish_seen_subcommand_from \(verb.name)'"
    for option in verb.allOptions {
      text += start + " -l \(option.name)"
      if let letter = option.letter { text += " -s \(letter)" }
      if option.value != nil { text += option.isFile ? " -r -F" : " -x" }
      if !option.choices.isEmpty { text += " -a '\(option.choices.joined(separator: " "))'" }
      text += " -d \(fishQuoted(option.summary))\n"
    }
    if case .oneOf(let words)? = verb.operands.first?.kind {
      text += start + " -f -a '\(words.joined(separator: " "))'\n"
    }
  }
  return text
}

private func fishQuoted(_ text: String) -> String {
  var quoted = ""
  for character in text {
    if character == "'" || character == "\\" { quoted += "\\" }
    quoted.append(character)
  }
  return "'\(quoted)'"
}
