//===- LoadModels.cpp - built-in and user models --------------------------===//

#include "looplint/Driver/LoadModels.h"

#include "Paths.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace looplint;

llvm::Expected<ModelSet>
looplint::loadModels(const Configuration &configuration) {
  ModelSet models = ModelSet::builtin();
  for (const std::string &path : configuration.models) {
    std::string shown = shownPath(path);
    auto file = llvm::MemoryBuffer::getFile(path);
    if (!file)
      return llvm::createStringError("cannot read the model `" + shown +
                                     "`: " + file.getError().message());
    llvm::MemoryBufferRef contents((*file)->getBuffer(), shown);
    if (llvm::Error error = models.add(contents, shown))
      return error;
  }
  return models;
}
