// The fuzz driver: mutated rulesets and contracts through the whole pipeline, by seed.

import Glibc

if let options = FuzzOptions.read(Array(CommandLine.arguments.dropFirst())),
  let property = options.property
{
  exit(askProperty(property, options))
} else if let options = FuzzOptions.read(Array(CommandLine.arguments.dropFirst())) {
  var run = FuzzRun(options: options)
  run.run()
} else {
  print(FuzzOptions.usage)
  exit(2)
}
