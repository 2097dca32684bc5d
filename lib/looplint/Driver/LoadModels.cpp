//===- LoadModels.cpp - built-in and user models --------------------------===//

#include "looplint/Driver/LoadModels.h"

#include "llvm/Support/MemoryBuffer.h"

using namespace looplint;

llvm::Expected<ModelSet>
looplint::loadModels(const Configuration &configuration) {
  ModelSet models = ModelSet::builtin();
  for (const std::string &path : configuration.models) {
    auto file = llvm::MemoryBuffer::getFile(path);
    if (!file)
      return llvm::createStringError(file.getError(),
                                     "cannot read the model `" + path +
                                         "`: " + file.getError().message());
    if (llvm::Error error = models.add(**file, path))
      return std::move(error);
  }
  return models;
}
