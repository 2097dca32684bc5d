//===- ListCommands.cpp - `looplint rules` and `looplint models` ----------===//

#include "Commands.h"
#include "looplint/Driver/LoadModels.h"
#include "looplint/Report/Formats.h"
#include "looplint/Report/RuleNames.h"
#include "looplint/Support/Suggest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace looplint;

llvm::Expected<int> looplint::runRulesList(const RulesRequest &) {
  for (const RuleInfo &rule : allRules())
    llvm::outs() << llvm::formatv(
        "{0}  {1,-8} {2,-36} {3}\n", codeSpelling(rule.code),
        report::spelling(rule.severity), rule.name, rule.summary);
  return 0;
}

static void listLibraries(const ModelSet &models) {
  for (const LibraryInfo &library : models.libraries())
    llvm::outs() << llvm::formatv(
        "{0,-24} {1,-7} {2,-14} {3,4} functions {4,4} types  {5}\n",
        library.name, library.language, library.versions, library.functions,
        library.types, library.origin);
}

llvm::Expected<int> looplint::runModels(const ModelsRequest &request) {
  llvm::Expected<Configuration> configuration = configure(request.options);
  if (!configuration)
    return configuration.takeError();
  llvm::Expected<ModelSet> models = loadModels(*configuration);
  if (!models)
    return models.takeError();
  if (request.library.empty()) {
    listLibraries(*models);
    return 0;
  }

  const LibraryInfo *library =
      llvm::find_if(models->libraries(), [&](const LibraryInfo &info) {
        return info.name == request.library;
      });
  if (library != models->libraries().end()) {
    llvm::outs() << "name:      " << library->name
                 << "\nlanguage:  " << library->language
                 << "\nversions:  " << library->versions
                 << "\nsource:    " << library->source
                 << "\norigin:    " << library->origin
                 << "\nfunctions: " << library->functions
                 << "\ntypes:     " << library->types << '\n';
    return 0;
  }

  llvm::SmallVector<llvm::StringRef> names;
  for (const LibraryInfo &info : models->libraries())
    names.push_back(info.name);
  std::string message = "no model describes `" + request.library + "`";
  if (auto suggestion = nearest(request.library, names))
    message += "; did you mean `" + suggestion->str() + "`?";
  return llvm::createStringError(message);
}
