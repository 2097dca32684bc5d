//===- ModelTables.h - what a ModelSet holds ------------------------------===//

#ifndef LOOPLINT_LIB_MODELS_MODELTABLES_H
#define LOOPLINT_LIB_MODELS_MODELTABLES_H

#include "Store.h"

namespace looplint {

struct ModelSet::Tables {
  Tables() = default;
  explicit Tables(llvm::StringRef image) : store(image) {}

  models::Store store;
};

} // namespace looplint

#endif // LOOPLINT_LIB_MODELS_MODELTABLES_H
