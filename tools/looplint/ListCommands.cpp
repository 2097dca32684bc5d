//===- ListCommands.cpp - `looplint rules` and `looplint models` ----------===//

#include "Commands.h"
#include "looplint/Driver/LoadModels.h"
#include "looplint/Models/Print.h"
#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace looplint;

llvm::Expected<int> looplint::runRulesList(const RulesRequest & /*request*/) {
  for (const RuleInfo &rule : allRules())
    llvm::outs() << llvm::formatv(
        "{0}  {1,-8} {2,-36} {3}\n", codeSpelling(rule.code),
        report::spelling(rule.severity), rule.name, rule.summary);
  return 0;
}

llvm::Expected<int> looplint::runModels(const ModelsRequest &request) {
  llvm::Expected<Configuration> configuration = configure(request.options);
  if (!configuration)
    return configuration.takeError();
  llvm::Expected<ModelSet> models = loadModels(*configuration);
  if (!models)
    return models.takeError();
  if (request.library.empty()) {
    printLibraries(*models, llvm::outs());
    return 0;
  }
  if (llvm::Error error = printModel(*models, request.library, llvm::outs()))
    return error;
  return 0;
}
