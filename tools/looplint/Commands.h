//===- Commands.h - what looplint can be asked to do ----------------------===//

#ifndef LOOPLINT_TOOLS_COMMANDS_H
#define LOOPLINT_TOOLS_COMMANDS_H

#include "CommandLine.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace looplint {

/// Each carries out a request and returns the exit status.
llvm::Expected<int> runCheck(const CheckRequest &request);
llvm::Expected<int> runExplain(const ExplainRequest &request);
llvm::Expected<int> runRulesList(const RulesRequest &request);
llvm::Expected<int> runModels(const ModelsRequest &request);
llvm::Expected<int> runContexts(const ContextsRequest &request);

/// `looplint: error: …` on standard error.
void printError(const llvm::Twine &message);

/// Whether \p out is to be coloured.
bool wantsColor(Colors colors, const llvm::raw_ostream &out);

} // namespace looplint

#endif // LOOPLINT_TOOLS_COMMANDS_H
