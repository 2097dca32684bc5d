//===- EnabledRules.cpp - which rules are on in a file --------------------===//

#include "EnabledRules.h"

#include "FilePatterns.h"

#include "llvm/ADT/STLExtras.h"

using namespace looplint;

EnabledRules::EnabledRules(const Configuration &configuration,
                           const Sources &sources)
    : enabled(configuration.enabled), ignored(sources.size()) {
  for (const FileIgnores &ignores : configuration.fileIgnores)
    for (auto [f, matches] : llvm::enumerate(
             filesMatching(ignores.pattern, configuration, sources)))
      if (matches)
        ignored[f].insert(ignores.rules.begin(), ignores.rules.end());
}
