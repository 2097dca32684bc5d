//===- ContextsCommand.cpp - `looplint contexts FILE[:LINE]` --------------===//

#include "Commands.h"
#include "looplint/Driver/Analyze.h"

using namespace looplint;

llvm::Expected<int> looplint::runContexts(const ContextsRequest &request) {
  llvm::Expected<Configuration> configuration = configure(request.options);
  if (!configuration)
    return configuration.takeError();
  return 0;
}
